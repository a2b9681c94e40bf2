"""What the database refuses, said to a person: the constraint or error code, what it means, the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from aljabr.registry.viewers import Conflict

_LOOK = "Look at the claim again."
_AGAIN = "Look at the claim again, and repeat the act if it still fits."
REFUSALS: dict[str, tuple[str, str]] = {
    "AJ001": ("A record of what was done is never changed.", "Supersede it by a new act."),
    "AJ002": ("A state is written together with its event.", _LOOK),
    "AJ003": ("The step cannot go there from where it is.", _LOOK),
    "AJ004": ("The provisional view is fixed once the proposal was seen.", "Write your reasons in the proposal."),
    "AJ005": ("The vote is closed.", _LOOK),
    "AJ006": ("Who drafted a decision does not vote on it.", "Let another member vote."),
    "AJ007": ("You do not sit on that seat today.", "Ask the body's secretary who is appointed to it."),
    "AJ008": ("You are recused from this claim.", "Let another member vote."),
    "AJ009": ("Who decided a matter does not hear the appeal against it.", "Let another member vote."),
    "AJ010": ("The quorum is not met.", "Wait for more members to vote."),
    "AJ011": ("The motion has no majority.", "Put another motion."),
    "AJ012": ("A decision needs two people.", "Let another member vote, or another person issue it."),
    "AJ013": ("One principal would decide alone.", "The law must name the exception, or another principal's seat must vote."),
    "AJ014": ("A decision says what was voted on.", _LOOK),
    "AJ015": ("A clerical correction keeps body and outcome.", "What was decided changes by an appeal only."),
    "AJ016": ("You are a party of this claim or kin of one.", "Let another member vote."),
    "AJ017": ("Your name agrees with a party's.", "The body's secretary must first settle whether you are kin."),
    "AJ018": ("The minutes are frozen.", "Write what is missing in the next sitting's minutes."),
    "on_agenda_once": ("The item is on the agenda already.", "Nothing is left to do."),
    "AJ019": ("The claimant was not told of the objection.", "Tell them first, and write down what they say."),
    "mandated_once": ("The mediator is joined already.", "End that mandate first."),
    "attested_once": ("You have given your attestation on this.", "It is published as it was given."),
    "priority_has_rule": ("A priority names a rule.", "Name the rule of the programme that allows it."),
    "AJ030": ("This claim cannot be opened so.", "Write a reason; a sealed claim is opened by nobody outside its unit."),
    "AJ031": ("You are recused from this claim.", "Let somebody else act on it."),
    "AJ032": ("This needs a second person.", "Ask another administrator to confirm it."),
    "AJ040": ("A payment needs a second person.", "Ask another finance officer."),
    "AJ041": ("A payment is of the amount decided.", _LOOK),
    "payment_once": ("This item is stated as paid already.", "Another officer confirms or rejects that."),
    "payment_number_once": ("This number stands for another payment.", "Look at the cheque or the transfer again."),
    "motion_open_once": ("A motion is open already.", "Decide that one first."),
    "seat_votes_once": ("This seat has voted.", "A vote is cast once."),
    "officer_votes_once": ("You have voted.", "A vote is cast once."),
    "decision_live_once": ("This item was decided already.", _LOOK),
    "decision_number_once": ("Another decision took this number.", "Issue it again."),
    "request_number_once": ("Another request took this number.", "Send it again."),
    "hearing_once": ("Another sitting took this number.", "Open it again."),
    "against_has_ground": ("This differs from the determination.", "Write the ground for it."),
    "served_once": ("This decision was served already.", _LOOK),
    "appeal_live_once": ("An appeal is pending already.", _LOOK),
    "recused_once": ("You are recused already.", "Nothing is left to do."),
    "step_live_once": ("Somebody has moved this item.", _LOOK),
    "reference_once": ("This reference is taken.", "File under another reference, or none: one is given."),
    "seat_taken_once": ("Somebody sits on this seat then.", "End that appointment first, or choose another day."),
    # what a constraint without a sentence of its own refused, and what only two acts at the same moment come to
    "23505": ("Somebody did this already.", _LOOK),
    "23P01": ("Something else holds that time.", _LOOK),
    "40001": ("Two people acted at the same moment.", _AGAIN),
    "40P01": ("Two people acted at the same moment.", _AGAIN),
    "55P03": ("Somebody is acting on this now.", _AGAIN),
}


@contextmanager
def guarded() -> Iterator[None]:
    """One transaction; what the database refuses is told to a person. Also a decorator of actions."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        refusal = way_out(error)
        if refusal is None:
            raise
        raise refusal from error


def way_out(error: DatabaseError) -> Conflict | None:
    """Return what to tell the person; None for an error nobody foresaw."""
    cause = error.__cause__
    code = getattr(cause, "sqlstate", "") or ""
    constraint = getattr(getattr(cause, "diag", None), "constraint_name", "") or ""
    found = REFUSALS.get(constraint) or REFUSALS.get(code)
    return Conflict(*found) if found else None

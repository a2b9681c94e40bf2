"""Mediators see the claims they are joined to and nothing else; auditors and observers attest in public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from aljabr.registry.accounts.actions import give_role
from aljabr.registry.claims.mediation import end_mandate, join_mediator, report_mediation
from aljabr.registry.claims.models import Claim, Mandate
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.attestations import give_attestation
from aljabr.registry.decisions.figures import attestations
from aljabr.registry.decisions.sittings import declare_recusal
from aljabr.registry.events.models import Event
from aljabr.registry.parties.models import Person
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import Conflict, NotAllowed, system_viewer
from tests.registry.commission import _user, house_claim
from tests.registry.test_appeals import people, served  # noqa: F401
from tests.registry.test_guards import refused

TODAY = legal_today


@pytest.fixture
def mediated(commission):
    """A claim with a mediator who may see its exhibits for ten days, and a claim without."""
    system_viewer().bind()
    commission.users["mediator"] = _user("mediator")
    give_role(system_viewer(), commission.users["mediator"], "mediator")
    claim, other = (house_claim(commission.viewer("intake")) for _ in range(2))
    mandate = joined(commission, claim)
    return commission, claim, other, mandate


def joined(people_, claim, **changes):
    values = {
        "scopes": frozenset({"exhibits"}),
        "purpose": "Two brothers claim one house.",
        "until_on": TODAY() + timedelta(days=10),
    }
    return join_mediator(people_.viewer("secretary"), claim, people_.users["mediator"], **{**values, **changes})


def test_a_mediator_sees_the_joined_claim_only_and_of_it_what_the_mandate_names(mediated):
    people_, claim, other, _ = mediated
    people_.viewer("mediator")
    assert list(Claim.objects.values_list("pk", flat=True)) == [claim.pk]
    assert not CaseStep.objects.filter(claim_id=other.pk).exists()
    assert not Event.objects.filter(claim_id=other.pk, transaction_id=-1).exists()
    assert not Person.objects.exists(), "people are not in the mandate"
    people_.viewer("secretary")
    assert Person.objects.filter(claim_id=claim.pk).exists(), "nobody else is narrowed"


def test_a_mandate_ends_by_its_day_and_by_the_secretary(mediated):
    people_, claim, _, mandate = mediated
    end_mandate(people_.viewer("secretary"), mandate)
    people_.viewer("mediator")
    assert not Claim.objects.exists()
    joined(people_, claim)
    people_.viewer("mediator")
    assert Claim.objects.exists()
    with pytest.raises(Conflict, match="joined already"):
        joined(people_, claim)


def test_a_mandate_whose_day_has_passed_shows_nothing(mediated):
    people_, claim, other, _ = mediated
    Mandate.objects.create(
        claim=other,
        user=people_.users["mediator"],
        purpose="x",
        from_on=TODAY() - timedelta(days=9),
        until_on=TODAY() - timedelta(days=1),
        given_by="system",
    )
    people_.viewer("mediator")
    assert list(Claim.objects.values_list("pk", flat=True)) == [claim.pk]


def test_who_joins_and_whom(mediated):
    people_, claim, other, _ = mediated
    with pytest.raises(NotAllowed):
        join_mediator(
            people_.viewer("observer"), claim, people_.users["mediator"], scopes=frozenset(), purpose="x", until_on=TODAY()
        )
    with pytest.raises(Conflict, match="no mediator"):
        join_mediator(
            people_.viewer("secretary"), other, people_.users["observer"], scopes=frozenset(), purpose="x", until_on=TODAY()
        )
    for wrong in ({"scopes": frozenset({"all"})}, {"purpose": " "}, {"until_on": TODAY() - timedelta(days=1)}):
        with pytest.raises(Conflict, match="mandate has"):
            joined(people_, other, **wrong)


def test_a_report_is_handed_in_once_by_its_mediator(mediated):
    people_, claim, _, mandate = mediated
    with pytest.raises(NotAllowed):
        report_mediation(people_.viewer("secretary"), mandate, text="x")
    reported = report_mediation(people_.viewer("mediator"), mandate, text="They divide the house.")
    assert reported.report == "They divide the house."
    with pytest.raises(Conflict, match="handed in"):
        report_mediation(people_.viewer("mediator"), mandate, text="Other.")
    assert refused("UPDATE mandates SET report = 'other' WHERE id = %s", mandate.pk) == "AJ001"
    people_.viewer("auditor")
    assert Event.objects.filter(name="mediation.reported", claim_id=claim.pk).count() == 1


def test_a_mediator_votes_on_nothing_and_recuses_nobody(mediated):
    people_, claim, _, _ = mediated
    with pytest.raises(NotAllowed):
        declare_recusal(people_.viewer("mediator"), claim, reason="x")


def test_an_auditors_dissent_on_a_decision_and_an_observers_word_on_a_month_are_published(people):  # noqa: F811
    _, decision, _ = served(people, "granted", 1_000)
    with pytest.raises(Conflict, match="dissent has its reasons"):
        give_attestation(people.viewer("auditor"), subject=decision, verdict="dissents", text=" ")
    give_attestation(people.viewer("auditor"), subject=decision, verdict="dissents", text="The quorum left at noon.")
    give_attestation(people.viewer("observer"), subject="2024-05", verdict="attests", text="")
    assert {(one.subject, one.verdict) for one in attestations()} == {
        (f"{decision.body.key} {decision.number}", "dissents"),
        ("2024-05", "attests"),
    }
    with pytest.raises(Conflict, match="published as it was given"):
        give_attestation(people.viewer("observer"), subject="2024-05", verdict="dissents", text="x")
    with pytest.raises(NotAllowed):
        give_attestation(people.viewer("secretary"), subject="2024-05", verdict="attests", text="")
    with pytest.raises(Conflict, match="no month"):
        give_attestation(people.viewer("observer"), subject=TODAY().strftime("%Y-%m"), verdict="attests", text="")
    assert refused("UPDATE attestations SET text = 'x'") in ("AJ001", "42501")

"""A claim walked through IQ-LAW20 on really committed data, every act tried by several threads at the same moment.

An act is won by exactly one; all others are told by a ``Conflict``. Used by the suite in short form and by the benchmark.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Barrier
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aljabr.registry.accounts.actions import add_user, confirm_role, give_role
from aljabr.registry.accounts.models import Grant
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.bodies.actions import appoint
from aljabr.registry.bodies.models import Body, Seat
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import cast_vote, end_period, issue_decision, open_motion, record_service
from aljabr.registry.decisions.appeals import lodge_appeal, open_appeal_motion, settle_appeal
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Vote
from aljabr.registry.decisions.sittings import declare_recusal
from aljabr.registry.events.models import Checkpoint, Event
from aljabr.registry.procedure.actions import answer_request, draw_reviewer, propose, send_request
from aljabr.registry.procedure.models import Assignment, CaseStep, ExternalRequest
from aljabr.registry.viewers import Conflict, Viewer, system_viewer
from tests.registry.commission import CENTRAL, COURT, SUB, Commission, found_commission, house_claim

Act = Callable[[Viewer], Any]
THREADS = 4
_KEYS = itertools.count(1)


@dataclass
class Tally:
    """What the races came to: how many, what broke the rule of one winner, who lost how."""

    races: int = 0
    acts: int = 0
    lost: int = 0
    names: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def add(self, name: str, outcomes: Sequence[object], winners: int) -> None:
        won = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
        strange = [outcome for outcome in outcomes if isinstance(outcome, BaseException) and not isinstance(outcome, Conflict)]
        self.races += 1
        self.names[name] += 1
        self.acts += len(outcomes)
        self.lost += len(outcomes) - len(won)
        if len(won) != winners or strange:
            self.violations.append(f"{name}: {len(won)} won of {winners}; {[repr(one)[:200] for one in strange]}")


class Racers:
    """Threads that act at the same moment, each on a connection of its own."""

    def __init__(self, threads: int = THREADS) -> None:
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads)
        self.tally = Tally()

    def race(self, name: str, viewers: Sequence[Viewer], act: Act, *, winners: int = 1) -> Any:
        """Let every thread do the act, for the viewers in turn; return what one winner got."""
        barrier = Barrier(self.threads)

        def run(number: int) -> object:
            try:
                barrier.wait(30)
                with transaction.atomic():
                    viewers[number % len(viewers)].bind()
                    return act(viewers[number % len(viewers)])
            except Exception as error:  # noqa: BLE001 - everything a thread meets is counted
                return error

        outcomes = list(self.pool.map(run, range(self.threads)))
        self.tally.add(name, outcomes, winners)
        return next((outcome for outcome in outcomes if not isinstance(outcome, Exception)), None)

    def close(self) -> None:
        """Close the threads' connections."""
        barrier = Barrier(self.threads)

        def end(_: int) -> None:
            barrier.wait(30)
            connection.close()

        list(self.pool.map(end, range(self.threads)))
        self.pool.shutdown()


def committed(act: Callable[[], Any], viewer: Viewer | None = None) -> Any:
    """Do something in a transaction that commits."""
    with transaction.atomic():
        (viewer or system_viewer()).bind()
        return act()


def settle_offices(*, on: date) -> tuple[Commission, Viewer]:
    """Found a commission with a second secretary, and publish a checkpoint that is newer than any filing."""
    people = found_commission(on=on)
    system = system_viewer()
    second = add_user(system, username=f"second_{next(_KEYS)}", name="second", password=None)
    give_role(system, second, "secretary", body=SUB, from_on=on)
    Checkpoint.objects.create(size=1, root="ab" * 32, note="", published_at=timezone.now() + timedelta(days=1))
    return people, viewer_of(second)


def walk(racers: Racers, people: Commission, second: Viewer, *, appealed: bool) -> str:
    """Race one claim through its whole procedure; return its id."""
    viewers = {name: viewer_of(user) for name, user in people.users.items()}
    secretaries, number = [viewers["secretary"], second], next(_KEYS)
    claim = racers.race(
        "lodge", [viewers["intake"]], lambda one: house_claim(one, filing_key=f"race-{number}"), winners=racers.threads
    )
    item = committed(lambda: ClaimItem.objects.get(claim=claim))
    for answer in ("form_issued", "answered"):
        request = racers.race("send", secretaries, lambda one: send_request(one, item, disclosed={}))
        racers.race("answer", secretaries, lambda one, r=request, a=answer: _answer(one, r, a))
    drawn = racers.race("draw", secretaries, lambda one: draw_reviewer(one, item))
    reviewer = next(viewer for viewer in viewers.values() if viewer.user_id == drawn.officer_id)
    racers.race("propose", [reviewer], lambda one: propose(one, item, outcome="granted", amount_minor=7, ground="x"))
    decision = _decide(racers, people, viewers, item, SUB, secretaries, outcome="granted")
    served = {"method": "mukhtar", "attempted_on": date(2024, 4, 1), "reached": True}
    racers.race("serve", secretaries, lambda one: record_service(one, decision, **served))
    later = legal_today() + timedelta(days=1)
    if appealed:
        _appeal(racers, people, viewers, decision)
        return str(claim.pk)
    racers.race("end_period", secretaries, lambda one: end_period(one, decision, on=later) or True)
    _decide(racers, people, viewers, item, COURT, [viewers["court_secretary"]], outcome="approved")
    _decide(racers, people, viewers, item, CENTRAL, [viewers["central_secretary"]], outcome="ratified")
    return str(claim.pk)


def _answer(viewer: Viewer, request: ExternalRequest, answer: str) -> bool:
    answer_request(viewer, request, answer=answer)
    return True


def _decide(
    racers: Racers,
    people: Commission,
    viewers: dict[str, Viewer],
    item: ClaimItem,
    body: str,
    secretaries: Sequence[Viewer],
    *,
    outcome: str,
) -> Decision:
    motion = racers.race(
        f"open_motion {body}", secretaries, lambda one: open_motion(one, item, outcome=outcome, amount_minor=7, ground="x")
    )
    _vote(racers, people, viewers, motion, body)
    return racers.race(f"issue {body}", secretaries, lambda one: issue_decision(one, motion))


def _vote(racers: Racers, people: Commission, viewers: dict[str, Viewer], motion: Motion, body: str) -> None:
    seats = {name: committed(lambda n=name: people.seat(n)) for name in viewers if name.startswith(body)}
    needed = committed(lambda: Body.objects.get(key=body).quorum)
    for name in sorted(seats)[:needed]:
        racers.race(f"vote {body}", [viewers[name]], lambda one, s=seats[name]: cast_vote(one, motion, seat=s, choice="for"))


def _appeal(racers: Racers, people: Commission, viewers: dict[str, Viewer], decision: Decision) -> None:
    court = [viewers["court_secretary"]]
    on = date(2024, 4, 2)
    appeal = racers.race(
        "appeal", [viewers["secretary"], viewers["intake"]], lambda one: lodge_appeal(one, decision, lodged_on=on, reasons="x")
    )
    motion = racers.race(
        "open_appeal_motion",
        court,
        lambda one: open_appeal_motion(one, _fresh(appeal), outcome="upheld", amount_minor=None, ground="x"),
    )
    _vote(racers, people, viewers, motion, COURT)
    racers.race("settle", court, lambda one: settle_appeal(one, motion))


def _fresh(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_related("decision").get(pk=appeal.pk)


def race_offices(racers: Racers, people: Commission) -> None:
    """Race what is no claim's: a role confirmed twice, one seat taken by two, a recusal declared twice."""
    viewers = {name: viewer_of(people.users[name]) for name in ("admin_1", "admin_2", f"{SUB}_7", "intake")}
    number = next(_KEYS)
    user = committed(lambda: add_user(viewers["admin_1"], username=f"new-{number}", name="new", password=None))
    grant: Grant = committed(lambda: give_role(people.viewer("admin_1"), user, "observer"))
    racers.race("confirm", [viewers["admin_2"]], lambda one: confirm_role(one, Grant.objects.get(pk=grant.pk)) or True)
    seat: Seat = committed(lambda: Seat.objects.filter(body__key=SUB).order_by("number").first())
    day = date(1990, 1, 1) + timedelta(days=number)
    racers.race("appoint", [system_viewer()], lambda one: appoint(one, seat, user, from_on=day, until_on=day + timedelta(days=1)))
    claim: Claim = committed(lambda: house_claim(viewers["intake"]))
    racers.race("recuse", [viewers[f"{SUB}_7"]], lambda one: declare_recusal(one, claim, reason="kin"))
    items = [committed(lambda: house_claim(viewers["intake"]).items.get()) for _ in range(racers.threads)]
    turns, secretary = iter(items), [viewer_of(people.users["secretary"])]
    racers.race("numbers", secretary, lambda one: send_request(one, next(turns), disclosed={}), winners=racers.threads)


def wrong_sums(claim_id: str, *, appealed: bool) -> list[str]:
    """Return what does not add up for a claim after its walk: events, votes, decisions, live steps."""
    names = Counter(Event.objects.filter(claim_id=claim_id).values_list("name", flat=True))
    found = {
        "claim.lodged": (names["claim.lodged"], 1),
        "request.sent": (names["request.sent"], ExternalRequest.objects.filter(claim_id=claim_id).count()),
        "request.answered": (names["request.answered"], 2),
        "reviewer.drawn": (names["reviewer.drawn"], Assignment.objects.filter(claim_id=claim_id).count()),
        "item.proposed": (names["item.proposed"], 1),
        "motion.opened": (names["motion.opened"], Motion.objects.filter(claim_id=claim_id).count()),
        "vote.cast": (names["vote.cast"], Vote.objects.filter(motion__claim_id=claim_id).count()),
        "decided": (names["decision.issued"] + names["appeal.settled"], Decision.objects.filter(claim_id=claim_id).count()),
        "decisions": (names["decision.issued"], 1 if appealed else 3),
        "decision.served": (names["decision.served"], 1),
        "appeals": (names["appeal.lodged"], int(appealed)),
        "live steps": (CaseStep.objects.filter(claim_id=claim_id, live=True).count(), 1),
    }
    return [f"{claim_id} {name}: {seen}, not {due}" for name, (seen, due) in found.items() if seen != due]

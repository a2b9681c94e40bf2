"""Checks who decides and how: bodies, their majorities, the steps of the procedure, deadlines.

All ministries are one principal, the executive. A body in which one principal appoints more than half the seats needs a statutory
exception, which the public is shown. A period that runs from nothing served would run against people who were never told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aljabr.programmes.findings import Finding, error, note, still_open
from aljabr.programmes.records import Body, Deadline, Programme, Step


def majority(body: Body) -> str:
    """Return the principal that appoints more than half of a body's seats, or an empty text.

    Examples
    --------
    >>> from aljabr.programmes.records import Reference, Seat
    >>> seats = [Seat(name={"en": name}, principal=name) for name in ("executive", "executive", "judiciary")]
    >>> majority(Body(key="panel", title={"en": "Panel"}, seats=tuple(seats), reference=Reference(instrument="rules")))
    'executive'
    """
    principal, seats = Counter(seat.principal for seat in body.seats).most_common(1)[0] if body.seats else ("", 0)
    return principal if 2 * seats > len(body.seats) else ""


def check_bodies(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with the bodies: no seats, an undeclared majority, seats nobody has verified."""
    for body in programme.bodies:
        where = f"programme.yaml, body {body.key}"
        holder = majority(body)
        if not body.seats and not body.external:
            yield error(
                where, "The body decides and has no seats.", "List its seats with the principal of each, or mark it external: true."
            )
        if holder and not body.statutory_exception:
            what = f"{holder} appoints the majority of its seats and no statutory exception is declared."
            yield error(where, what, "Change the seats, or declare statutory_exception with the article; the public is shown it.")
        if holder and body.statutory_exception:
            yield note(where, f"{holder} appoints the majority of its seats; the public is shown: {body.statutory_exception}")
        unverified = sum(seat.state == "unverified" for seat in body.seats)
        if unverified:
            yield still_open(
                where, f"{unverified} of {len(body.seats)} seats are unverified.", "Check them against the law's text."
            )


def check_procedure(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with steps and deadlines: unknown bodies, steps or deadlines, periods that run from nothing served."""
    bodies = {body.key: body for body in programme.bodies}
    steps = {step.key: step for step in programme.procedure}
    for step in programme.procedure:
        yield from _step(step, bodies, steps, {deadline.key for deadline in programme.deadlines})
    for deadline in programme.deadlines:
        yield from _deadline(deadline, steps)


def _step(step: Step, bodies: dict[str, Body], steps: dict[str, Step], deadlines: set[str]) -> Iterator[Finding]:
    where = f"procedure.yaml, step {step.key}"
    if step.body not in bodies:
        yield error(where, f"The body {step.body!r} is not declared.", f"Bodies are {', '.join(bodies) or 'none'}.")
    if step.entry and step.entry not in steps:
        yield error(where, f"It is entered after {step.entry!r}, which is no step.", f"Steps are {', '.join(steps)}.")
    if step.deadline and step.deadline not in deadlines:
        yield error(
            where, f"The deadline {step.deadline!r} is not declared.", f"Deadlines are {', '.join(sorted(deadlines)) or 'none'}."
        )
    if step.appeal_to and (step.appeal_to not in bodies or not step.served):
        yield error(
            where, f"An appeal to {step.appeal_to!r} needs that body and a served decision.", "Declare the body and served: true."
        )


def _deadline(deadline: Deadline, steps: dict[str, Step]) -> Iterator[Finding]:
    where = f"programme.yaml, deadline {deadline.key}"
    start = steps.get(deadline.runs_from)
    if start is None or not start.served:
        served = ", ".join(step.key for step in steps.values() if step.served) or "none"
        what = f"It runs from {deadline.runs_from!r}, and nothing is served then."
        yield error(where, what, f"Let it run from a step with served: true ({served}).")
    if deadline.days <= 0:
        yield error(where, f"It has {deadline.days} days.", "Write the number of days the law gives.")

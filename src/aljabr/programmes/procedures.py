"""Checks the steps of the procedure and its clocks.

A clock may start only from something that was served on the claimant, and only from a step that comes before what it bounds: a
period that runs from nothing served would run against people who were never told.
"""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.programmes.findings import Finding, error, note
from aljabr.programmes.records import Deadline, Programme, Step


def check_procedure(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with steps and deadlines: unknown bodies, steps or deadlines, circles, clocks nothing starts."""
    bodies = {body.key for body in programme.bodies}
    steps = {step.key: step for step in programme.procedure}
    deadlines = {deadline.key: deadline for deadline in programme.deadlines}
    for step in programme.procedure:
        yield from _step(step, bodies, steps, set(deadlines))
        yield from _order(step, steps, deadlines)
    for deadline in programme.deadlines:
        yield from _deadline(deadline, steps)


def _step(step: Step, bodies: set[str], steps: dict[str, Step], deadlines: set[str]) -> Iterator[Finding]:
    where = f"procedure.yaml, step {step.key}"
    if step.body not in bodies:
        yield error(where, f"The body {step.body!r} is not declared.", f"Bodies are {', '.join(sorted(bodies)) or 'none'}.")
    if step.entry and step.entry not in steps:
        yield error(where, f"It is entered after {step.entry!r}, which is no step.", f"Steps are {', '.join(steps)}.")
    endings = _endings(step.entry, steps)
    strange = sorted(set(step.entry_outcomes) - set(endings)) if step.entry in steps else []
    if strange:
        what = f"It is entered when {step.entry!r} ends in {', '.join(strange)}, which it never does."
        yield error(where, what, f"It ends in {', '.join(endings) or 'nothing'}.")
    if step.deadline and step.deadline not in deadlines:
        way_out = f"Deadlines are {', '.join(sorted(deadlines)) or 'none'}."
        yield error(where, f"The deadline {step.deadline!r} is not declared.", way_out)
    if step.appeal_to and (step.appeal_to not in bodies or not step.served):
        what = f"An appeal to {step.appeal_to!r} needs that body and a served decision."
        yield error(where, what, "Declare the body and served: true.")
    elif step.appeal_to and not step.deadline:
        yield note(where, "An appeal lies from it, and no deadline says within which time.")


def _order(step: Step, steps: dict[str, Step], deadlines: dict[str, Deadline]) -> Iterator[Finding]:
    where = f"procedure.yaml, step {step.key}"
    before = _before(step, steps)
    if step.key in before[1:]:
        yield error(where, f"It is entered after itself: {', '.join(before)}.", "Let one of these steps be entered after another.")
        return
    clock = deadlines.get(step.deadline)
    if clock is not None and clock.runs_from in steps and clock.runs_from not in before:
        what = f"Its deadline {clock.key} runs from {clock.runs_from!r}, which does not come before it."
        yield error(where, what, f"Let the clock start from one of {', '.join(before)}.")


def _endings(key: str, steps: dict[str, Step]) -> list[str]:
    """What a step can end in; one that some harms pass over ends for them as the step before it did."""
    found: list[str] = []
    seen: set[str] = set()
    while key in steps and key not in seen:
        seen.add(key)
        found += steps[key].outcomes
        key = steps[key].entry if steps[key].harms else ""
    return found


def _before(step: Step, steps: dict[str, Step]) -> list[str]:
    """The step and those it is entered after, nearest first; ends with the step again when they run in a circle."""
    found = [step.key]
    while (entry := steps[found[-1]].entry) in steps:
        found.append(entry)
        if entry in found[:-1]:
            break
    return found


def _deadline(deadline: Deadline, steps: dict[str, Step]) -> Iterator[Finding]:
    where = f"programme.yaml, deadline {deadline.key}"
    start = steps.get(deadline.runs_from)
    if start is None or not start.served:
        served = ", ".join(step.key for step in steps.values() if step.served) or "none"
        what = f"It runs from {deadline.runs_from!r}, and nothing is served then."
        yield error(where, what, f"Let it run from a step with served: true ({served}).")
    if deadline.days <= 0:
        yield error(where, f"It has {deadline.days} days.", "Write the number of days the law gives.")
    if deadline.key not in {step.deadline for step in steps.values()}:
        yield note(where, "No step of the procedure has this deadline.")

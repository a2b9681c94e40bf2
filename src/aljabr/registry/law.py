"""The programmes a registry runs, as records: the steps of their law, which follows which, who acts there.

Read once for a process; a new version of a programme is a new process (claims keep the hash they were lodged under).
"""

from __future__ import annotations

from functools import cache

from django.conf import settings

from aljabr.errors import UsageError
from aljabr.programmes import Programme, refuse_real_claims
from aljabr.programmes.records import Step
from aljabr.registry.days import loaded


@cache
def programme(key: str) -> Programme:
    """Return a programme this registry runs.

    Raises
    ------
    UsageError
        When it runs none of that name.
    SyntheticOnly
        When the programme takes invented claims only: a registry holds real ones.
    """
    if key not in settings.PROGRAMMES:
        raise UsageError(f"This registry does not run {key}.", f"It runs {', '.join(settings.PROGRAMMES)}.")
    law = loaded(key)
    refuse_real_claims(law, synthetic=False)
    return law


def programmes() -> tuple[Programme, ...]:
    """Return all programmes this registry runs."""
    return tuple(programme(key) for key in settings.PROGRAMMES)


def step(law: Programme, key: str) -> Step:
    """Return a step of the procedure.

    Raises
    ------
    UsageError
        When the procedure has no such step.
    """
    for found in law.procedure:
        if found.key == key:
            return found
    raise UsageError(f"{law.key} has no step {key}.", f"Its steps are {', '.join(found.key for found in law.procedure)}.")


def first_step(law: Programme) -> Step:
    """Return the step that follows filing (or the first, where filing is none)."""
    start = next((found for found in law.procedure if not found.entry), law.procedure[0])
    return _following(law, start.key, "", "") or start if start.act == "file" else start


def next_step(law: Programme, key: str, *, outcome: str, harm: str) -> Step | None:
    """Return the step an outcome leads to for a harm, passing over steps the law reserves to other harms; None at the end.

    What a later body returned goes back to the step it came from, unless the law says where else.
    """
    following = _following(law, key, outcome, harm)
    if following is None and outcome == "returned" and any(found.entry == key for found in law.procedure):
        return step(law, step(law, key).entry)
    return following


def _following(law: Programme, key: str, outcome: str, harm: str) -> Step | None:
    for found in law.procedure:
        if found.entry == key and (not outcome or not found.entry_outcomes or outcome in found.entry_outcomes):
            if found.harms and harm and harm not in found.harms:
                return _following(law, found.key, outcome, harm)
            return found
    return None


def deadline_days(law: Programme, key: str) -> int | None:
    """Return the days of a deadline; None when the law names none."""
    return next((deadline.days for deadline in law.deadlines if deadline.key == key), None)


def text(texts: dict[str, str], language: str) -> str:
    """Return a text of a programme in a language, else in Arabic or English, else any."""
    return texts.get(language) or texts.get("ar") or texts.get("en") or next(iter(texts.values()), "")

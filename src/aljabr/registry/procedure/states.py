"""The generic states of a legal act, and every way from one to another. The steps themselves are the programme's data.

``open``: the body has it. ``waiting``: something was asked of the claimant or of an outside body; that never expires into a
refusal. ``decided``: an outcome is recorded. ``served``: the claimant was told, and the period for an appeal runs. ``appealed``:
an appeal is pending. ``done``: the case has gone on to the next step, or there is none. ``withdrawn``: by the claimant; it can be
opened again.
"""

from __future__ import annotations

STATES = ("open", "waiting", "decided", "served", "appealed", "done", "withdrawn")

# from, to, the action that leads there
TRANSITIONS: tuple[tuple[str, str, str], ...] = (
    ("open", "waiting", "ask"),
    ("waiting", "open", "answer"),
    ("open", "decided", "decide"),
    ("decided", "served", "serve"),
    ("decided", "done", "proceed"),
    ("served", "done", "proceed"),
    ("served", "appealed", "appeal"),
    ("done", "appealed", "appeal_late"),
    ("appealed", "done", "settle_appeal"),
    ("appealed", "open", "return"),
    ("decided", "open", "correct"),
    ("served", "decided", "correct"),
    ("open", "withdrawn", "withdraw"),
    ("waiting", "withdrawn", "withdraw"),
    ("withdrawn", "open", "reopen"),
)

# Every state has a way on, but the last.
FINAL = ("done",)


def allowed(before: str, after: str) -> bool:
    """Return whether a state may follow another."""
    return any((start, end) == (before, after) for start, end, _ in TRANSITIONS)

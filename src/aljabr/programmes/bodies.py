"""Checks who decides: bodies, who appoints their seats, majorities of one principal.

All ministries are one principal, the executive, however a seat spells it. A body in which one principal appoints more than half the
seats, or all of them, needs a statutory exception, which the public is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aljabr.programmes.codes import output_codes
from aljabr.programmes.findings import Finding, error, note, still_open
from aljabr.programmes.records import Body, Programme

# Words that say a seat is appointed by the executive, whatever it is called.
EXECUTIVE = frozenset(
    ["executive", "ministry", "ministries", "minister", "ministers", "cabinet", "government", "treasury", "police", "army"]
)


def principal_of(text: str) -> str:
    """Return the principal a seat is counted for: every ministry, the cabinet, the police and the army are the executive.

    Examples
    --------
    >>> principal_of("ministry_of_interior"), principal_of("judiciary")
    ('executive', 'judiciary')
    """
    return "executive" if EXECUTIVE & set(text.lower().replace("-", "_").replace(" ", "_").split("_")) else text


def majority(body: Body) -> str:
    """Return the principal that appoints more than half of a body's seats, or an empty text.

    Examples
    --------
    >>> from aljabr.programmes.records import Reference, Seat
    >>> seats = [Seat(name={"en": name}, principal=name) for name in ("ministry_of_defence", "ministry_of_health", "judiciary")]
    >>> majority(Body(key="panel", title={"en": "Panel"}, seats=tuple(seats), reference=Reference(instrument="rules")))
    'executive'
    """
    counted = Counter(principal_of(seat.principal) for seat in body.seats)
    principal, seats = counted.most_common(1)[0] if body.seats else ("", 0)
    return principal if 2 * seats > len(body.seats) else ""


def check_bodies(programme: Programme) -> Iterator[Finding]:
    """Yield what is wrong with the bodies: no seats, ministries counted for others, one principal alone or in the majority."""
    deciding = output_codes(programme, programme.determination.get("body", ""))
    for body in programme.bodies:
        where = f"programme.yaml, body {body.key}"
        if not body.seats and not body.external:
            way_out = "List its seats with the principal of each, or mark it external: true."
            yield error(where, "The body decides and has no seats.", way_out)
        if body.external and body.key in deciding:
            way_out = "Let a body with seats decide, or list its seats and take external: true out."
            yield still_open(where, "The tables let it decide, and it is marked external.", way_out)
        yield from _ministries(body, where)
        yield from _alone(body, where)
        unverified = sum(seat.state == "unverified" for seat in body.seats)
        if unverified:
            what = f"{unverified} of {len(body.seats)} seats are unverified."
            yield still_open(where, what, "Check them against the law's text.")


def _ministries(body: Body, where: str) -> Iterator[Finding]:
    for seat in body.seats:
        name = seat.name.get("en", "")
        if name.lower().startswith("ministry") and principal_of(seat.principal) != "executive":
            what = f"The seat {name!r} is counted for {seat.principal}; all ministries are one principal."
            yield error(where, what, "Write principal: executive.")


def _alone(body: Body, where: str) -> Iterator[Finding]:
    holder = majority(body)
    if not holder:
        return
    everything = all(principal_of(seat.principal) == holder for seat in body.seats)
    held = "all its seats, and decides alone" if everything else "the majority of its seats"
    if body.statutory_exception:
        yield note(where, f"{holder} appoints {held}; the public is shown: {body.statutory_exception}")
        return
    way_out = "Change the seats, or declare statutory_exception with the article; the public is shown it."
    yield error(where, f"{holder} appoints {held}; no statutory exception is declared.", way_out)

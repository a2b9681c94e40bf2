"""Who may do what: one row for every permission, read by actions, queries, routes and the access matrix.

A role is held for an area or a body and for a time (``accounts.Grant``). Holding the permission is necessary and never
sufficient: the object counts too (area, body, assignment, seal, conflict of interest), and the database repeats the most
important of it.
"""

from __future__ import annotations

ROLES = (
    "intake_officer",
    "reviewer",
    "secretary",
    "member",
    "finance_officer",
    "auditor",
    "observer",
    "mediator",
    "administrator",
)
_STAFF = ("intake_officer", "reviewer", "secretary", "member", "finance_officer")
_WATCH = ("auditor", "observer")

PERMISSIONS: dict[str, tuple[str, ...]] = {
    # reading
    "claim.read": (*_STAFF, *_WATCH, "mediator"),
    "claim.search": (*_STAFF, *_WATCH),
    "claim.break_glass": _STAFF,
    "readings.read": ("auditor",),
    "queue.read": (*_STAFF, *_WATCH),
    "body.read": (*_STAFF, *_WATCH, "mediator", "administrator"),
    "events.read": (*_WATCH, "secretary", "reviewer"),
    "figures.read": ROLES,
    # filing and the file
    "claim.lodge": ("intake_officer",),
    "claim.correct": ("intake_officer",),
    "claim.withdraw": ("intake_officer",),
    "exhibit.add": ("intake_officer", "secretary"),
    "mail.record": ("intake_officer", "secretary"),
    # review
    "review.draw": ("secretary",),
    "view.write": ("reviewer",),
    "evidence.ask": ("reviewer",),
    "evidence.waive": ("reviewer",),
    "item.propose": ("reviewer",),
    # bodies
    "hearing.hold": ("secretary",),
    "recusal.declare": ("member",),
    "schedule.opt_out": ("member", "intake_officer", "secretary"),
    "point.record": ("secretary",),
    "interest.declare": ("member", "reviewer"),
    "recusal.settle": ("secretary",),
    "vote.cast": ("member",),
    "decision.issue": ("secretary",),
    "service.record": ("secretary", "intake_officer"),
    "appeal.lodge": ("intake_officer", "secretary"),
    "request.send": ("secretary",),
    "request.remind": ("secretary",),
    "request.answer": ("secretary",),
    "mediator.join": ("secretary",),
    "mediation.report": ("mediator",),
    "payment.approve": ("finance_officer",),
    # oversight
    "attestation.give": _WATCH,
    "filter.save": (*_STAFF, *_WATCH),
    "priority.grant": ("secretary",),
    "favour.audit": _WATCH,
    "holiday.declare": ("secretary", "administrator"),
    # administration
    "run.start": ("administrator",),
    "run.read": ("administrator", *_WATCH),
    "user.manage": ("administrator",),
    "grant.give": ("administrator",),
    "body.manage": ("administrator",),
    "seat.nominate": ("administrator",),
    "programme.read": ("administrator", *_WATCH),
    "export.ask": (*_WATCH, "secretary"),
    "export.approve": ("administrator", "auditor"),
    "export.read": ("administrator", *_WATCH, "secretary"),
    # letters and programs
    "letter.write": ("secretary",),
    "token.make": ROLES,
}

# Offices one person never holds together: who gives roles decides nothing, who watches acts in nothing.
APART: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"administrator"}), frozenset({*_STAFF, *_WATCH, "mediator"})),
    (frozenset(_WATCH), frozenset({*_STAFF, "mediator"})),
)

# What a claim may be opened for. The first of the derived ones that holds is written down unless the officer states another.
PURPOSES = ("assignment", "service_of_body", "area_office", "oversight", "break_glass", "claimant_asked", "correction", "complaint")

# An officer outside the area may read one claim that is not sealed, for a stated reason, for this long; acts stay forbidden.
BREAK_GLASS_HOURS = 4

# Acts for which the password must have been given again shortly before.
FRESH_FOR = frozenset(
    {"user.manage", "grant.give", "body.manage", "seat.nominate", "export.approve", "claim.break_glass", "token.make"}
)

# What a recusal does not bar: declaring it.
OPEN_TO_THE_RECUSED = frozenset({"recusal.declare"})


def apart(held: frozenset[str], role: str) -> frozenset[str]:
    """Return the roles held that one person may not hold together with another."""
    return frozenset(
        other for other in held for one, rest in APART if (role in one and other in rest) or (role in rest and other in one)
    )

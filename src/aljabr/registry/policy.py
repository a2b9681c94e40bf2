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
    "queue.read": (*_STAFF, *_WATCH),
    "body.read": (*_STAFF, *_WATCH, "mediator", "administrator"),
    "events.read": (*_WATCH, "secretary", "reviewer"),
    "figures.read": ROLES,
    # filing and the file
    "claim.lodge": ("intake_officer",),
    "claim.correct": ("intake_officer",),
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
    "vote.cast": ("member",),
    "decision.issue": ("secretary",),
    "service.record": ("secretary", "intake_officer"),
    "appeal.lodge": ("intake_officer", "secretary"),
    "request.send": ("secretary",),
    "request.answer": ("secretary",),
    "mediator.join": ("secretary",),
    "mediation.report": ("mediator",),
    "payment.approve": ("finance_officer",),
    # oversight
    "attestation.give": _WATCH,
    # administration
    "run.start": ("administrator",),
    "run.read": ("administrator", *_WATCH),
    "user.manage": ("administrator",),
    "grant.give": ("administrator",),
    "body.manage": ("administrator",),
    "export.ask": (*_WATCH, "secretary"),
    "export.approve": ("administrator", "auditor"),
    "export.read": ("administrator", *_WATCH, "secretary"),
    # letters and programs
    "letter.write": ("secretary",),
    "token.make": ROLES,
}

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
    "user.manage": ("administrator",),
    "grant.give": ("administrator",),
    "body.manage": ("administrator",),
    "export.ask": (*_WATCH, "secretary"),
    "export.approve": ("administrator", "auditor"),
}

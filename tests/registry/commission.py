"""A small commission: one officer for every role, members on the seats, and the walk of a claim in helpers named by their verb."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from aljabr.registry import law
from aljabr.registry.accounts.actions import add_user, end_role, give_role
from aljabr.registry.accounts.models import User
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.bodies.actions import appoint, found_bodies
from aljabr.registry.bodies.models import Body, Seat
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.viewers import Viewer, system_viewer

SUB = "ninewa_sub_committee"
COURT = "ninewa_appeals_court"
CENTRAL = "central_committee"
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Commission:
    """The users by name."""

    users: dict[str, User]

    def viewer(self, name: str) -> Viewer:
        viewer = viewer_of(self.users[name])
        viewer.bind()
        return viewer

    def seat(self, name: str) -> Seat:
        return self.users[name].appointments.get().seat


def found_commission(*, on: date) -> Commission:
    system = system_viewer()
    system.bind()
    found_bodies(system, law.programme("IQ-LAW20"))
    users = {}
    roles = [("intake", "intake_officer", SUB), ("secretary", "secretary", SUB), ("court_secretary", "secretary", COURT)]
    roles += [("central_secretary", "secretary", CENTRAL), ("reviewer_1", "reviewer", ""), ("reviewer_2", "reviewer", "")]
    roles += [
        ("auditor", "auditor", ""),
        ("observer", "observer", ""),
        ("finance_1", "finance_officer", ""),
        ("finance_2", "finance_officer", ""),
        ("admin_1", "administrator", ""),
        ("admin_2", "administrator", ""),
    ]
    for name, role, body in roles:
        users[name] = _user(name)
        give_role(system, users[name], role, body=body, from_on=on)
    for body_key in (SUB, COURT, CENTRAL):
        for seat in Body.objects.get(key=body_key).seats.order_by("number"):
            name = f"{body_key}_{seat.number}"
            users[name] = _user(name)
            give_role(system, users[name], "member", body=body_key, from_on=on)
            appoint(system, seat, users[name], from_on=on)
    return Commission(users=users)


def transferred(user: User, *, area: str) -> None:
    """End a user's roles and give them again for another area."""
    system = system_viewer()
    system.bind()
    for grant in list(user.grants.filter(until_on=None)):
        end_role(system, grant, reason="transferred")
        give_role(system, user, grant.role, area=area, body=grant.body, from_on=grant.from_on)


def _user(name: str) -> User:
    return add_user(system_viewer(), username=f"{name}_{next(_NUMBERS)}", name=name, password=None)


def house_claim(viewer: Viewer, **changes):
    """Lodge a claim for a destroyed house."""
    number = next(_NUMBERS)
    values = {
        "programme": "IQ-LAW20",
        "filing_key": f"key-{number}",
        "filed_on": date(2024, 3, 1),
        "area": "IQ-NI",
        "people": (StatedPerson(full_name="أحمد محمود سالم الجبوري", role="claimant", phone="07701234567", relation="self"),),
        "items": (StatedItem(harm="property", claimed_minor=50_000_000_000, facts={"property_kind": "house"}),),
    }
    return lodge_claim(viewer, Filing(**{**values, **changes}))

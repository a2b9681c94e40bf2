"""Who is looking: a user's permissions and reach at this moment, handed to every action and query.

``Viewer.require`` refuses what the policy does not allow; ``bind`` tells the database who it is for the rest of the transaction,
so that row-level security decides again. Unset, the database shows nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from django.db import connection

from aljabr.errors import AljabrError
from aljabr.registry.days import zones
from aljabr.registry.policy import PERMISSIONS

SYSTEM = "system"


class NotAllowed(AljabrError):
    """The viewer may not do this: ask somebody who holds the role."""

    code = "registry.not_allowed"


class Conflict(AljabrError):
    """The act no longer fits the state of the case, or somebody was faster: look at it again."""

    code = "registry.conflict"


class Unreadable(AljabrError):
    """What was sent cannot be read: too long, no number where one must be, signs no text has."""

    code = "registry.unreadable"


@dataclass(frozen=True, kw_only=True)
class Held:
    """One role held today: for an area, perhaps a body, perhaps a sealed unit."""

    role: str
    area: str = ""
    body: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A user with what they may do now.

    Parameters
    ----------
    user_id : int or None
        None for nobody signed in and for the system itself.
    roles : frozenset of str
        Roles held today.
    areas : frozenset of str
        P-codes in which claims may be read; ``*`` is everywhere.
    bodies : frozenset of str
        Keys of the bodies served.
    units : frozenset of str
        Sealed units whose claims may be read; empty for nearly everybody.
    held : tuple of Held
        The roles with the reach of each; empty for viewers made without grants.
    by_token : bool
        Whether a program acts for the user.
    """

    user_id: int | None = None
    name: str = ""
    language: str = "ar"
    roles: frozenset[str] = field(default_factory=frozenset)
    areas: frozenset[str] = field(default_factory=frozenset)
    bodies: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[str] = field(default_factory=frozenset)
    held: tuple[Held, ...] = ()
    is_system: bool = False
    by_token: bool = False

    @property
    def actor(self) -> str:
        """The name the viewer has in events."""
        return SYSTEM if self.is_system else f"user:{self.user_id}"

    @property
    def person(self) -> int:
        """The id of the person who acts.

        Raises
        ------
        NotAllowed
            When nobody is signed in, or the system would act as a person.
        """
        if self.user_id is None:
            raise NotAllowed("A person must do this.", "Sign in.")
        return self.user_id

    def may(self, permission: str) -> bool:
        """Return whether a role held today has the permission.

        Raises
        ------
        KeyError
            When the policy has no such permission.
        """
        return self.is_system or bool(self.roles & frozenset(PERMISSIONS[permission]))

    def require(self, permission: str) -> None:
        """Refuse when the permission is not held.

        Raises
        ------
        NotAllowed
            With the roles that have it.
        """
        if not self.may(permission):
            raise NotAllowed(f"You may not do this ({permission}).", f"It is for: {', '.join(PERMISSIONS[permission])}.")

    def within(self, permission: str) -> Viewer:
        """Return the viewer with no more reach than the roles that have the permission give.

        Whoever reviews in one governorate and receives claims in another receives none in the first.
        """
        if not self.held:
            return self
        held = [one for one in self.held if one.role in PERMISSIONS[permission]]
        return replace(
            self,
            areas=frozenset(one.area for one in held if one.area),
            bodies=frozenset(one.body for one in held if one.body),
            units=frozenset(one.unit for one in held if one.unit),
        )

    def bind(self, *, acting: bool = True) -> None:
        """Tell the database who is looking, until the transaction ends.

        Parameters
        ----------
        acting : bool
            False only for a page that is read: claims opened by break-glass are seen then, and never acted upon.
        """
        reach = {
            "aljabr.reading": "" if acting else "1",
            "aljabr.viewer": self.actor if self.is_system or self.user_id else "",
            "aljabr.areas": json.dumps(sorted(self.areas)).replace("[", "{").replace("]", "}"),
            "aljabr.mandated": str(self.user_id) if self.roles == {"mediator"} else "",
            "aljabr.zones": zones(),
            "aljabr.units": json.dumps(sorted(self.units)).replace("[", "{").replace("]", "}"),
        }
        with connection.cursor() as cursor:
            for name, value in reach.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def system_viewer() -> Viewer:
    """Return the system itself: migrations, loading, the sequencer. Never handed to a request."""
    return Viewer(is_system=True, name=SYSTEM, areas=frozenset({"*"}), units=frozenset({"*"}))

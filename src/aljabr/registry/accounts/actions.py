"""Makes users, gives and ends roles. Two people are needed to give one."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from aljabr.registry.accounts.models import Grant, User
from aljabr.registry.events.actions import record_event
from aljabr.registry.policy import ROLES
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


@guarded()
def add_user(viewer: Viewer, *, username: str, name: str, password: str | None, language: str = "ar", **traits: object) -> User:
    """Add a user, who may do nothing until a role is given and confirmed, nor sign in without a password."""
    viewer.require("user.manage")
    user = User(username=username, name=name, language=language, **traits)
    user.set_password(password)
    user.save()
    record_event(viewer, "user.added", subject=f"user:{user.pk}", username=username)
    return user


@guarded()
def give_role(
    viewer: Viewer, user: User, role: str, *, area: str = "*", body: str = "", unit: str = "", from_on: date | None = None
) -> Grant:
    """Give a role; it counts once another administrator has confirmed it.

    Raises
    ------
    Conflict
        When there is no such role.
    """
    viewer.require("grant.give")
    if role not in ROLES:
        raise Conflict(f"There is no role {role}.", f"Roles are {', '.join(ROLES)}.")
    grant = Grant.objects.create(
        user=user,
        role=role,
        area=area,
        body=body,
        unit=unit,
        from_on=from_on or timezone.localdate(),
        given_by=viewer.actor,
        confirmed_by=viewer.actor if viewer.is_system else "",
    )
    record_event(viewer, "grant.given", subject=f"grant:{grant.pk}", role=role, area=area, body=body, user=user.pk)
    return grant


@guarded()
def confirm_role(viewer: Viewer, grant: Grant) -> None:
    """Confirm a role another administrator gave.

    Raises
    ------
    NotAllowed
        When the viewer gave it, or would hold it.
    """
    viewer.require("grant.give")
    if viewer.actor in (grant.given_by, f"user:{grant.user_id}"):
        raise NotAllowed("A role needs a second person.", "Ask another administrator to confirm it.")
    done = Grant.objects.filter(pk=grant.pk, confirmed_by="").update(confirmed_by=viewer.actor)
    if not done:
        raise Conflict("This role was confirmed already.", "Nothing is left to do.")
    record_event(viewer, "grant.confirmed", subject=f"grant:{grant.pk}")


@guarded()
def end_role(viewer: Viewer, grant: Grant, *, reason: str) -> None:
    """End a role from today."""
    viewer.require("grant.give")
    Grant.objects.filter(pk=grant.pk).update(until_on=timezone.localdate())
    record_event(viewer, "grant.ended", subject=f"grant:{grant.pk}", reason=reason)

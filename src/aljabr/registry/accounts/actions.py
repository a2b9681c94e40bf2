"""Makes users, gives and ends roles. Two people are needed to give one."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q

from aljabr.registry.accounts.models import Grant, User
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.policy import ROLES, apart
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


@guarded()
def add_user(viewer: Viewer, *, username: str, name: str, password: str | None, language: str = "ar", **traits: object) -> User:
    """Add a user, who may do nothing until a role is given and confirmed, nor sign in without a password.

    Raises
    ------
    Conflict
        When the name is taken or the password is weak.
    """
    viewer.require("user.manage")
    if User.objects.filter(username=username).exists():
        raise Conflict("This user name is taken.", "Choose another.")
    user = User(username=username, name=name, language=language, **traits)
    if password is not None:
        _check_password(password, user)
    user.set_password(password)
    user.save()
    record_event(viewer, "user.added", subject=f"user:{user.pk}", username=username)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Conflict(" ".join(error.messages), "Choose a longer password that nobody guesses.") from error


@guarded()
def give_role(
    viewer: Viewer, user: User, role: str, *, area: str = "*", body: str = "", unit: str = "", from_on: date | None = None
) -> Grant:
    """Give a role; it counts once another administrator has confirmed it.

    Raises
    ------
    Conflict
        When there is no such role, or the user holds one it must stay apart from.
    """
    viewer.require("grant.give")
    if role not in ROLES:
        raise Conflict(f"There is no role {role}.", f"Roles are {', '.join(ROLES)}.")
    today = legal_today()
    held = frozenset(
        Grant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=today), user=user).values_list("role", flat=True)
    )
    if apart(held, role):
        raise Conflict(
            f"One person does not hold {role} together with {', '.join(sorted(apart(held, role)))}.",
            "End the other role first, or give this one to somebody else.",
        )
    grant = Grant.objects.create(
        user=user,
        role=role,
        area=area,
        body=body,
        unit=unit,
        from_on=from_on or legal_today(),
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
    Grant.objects.filter(pk=grant.pk).update(until_on=legal_today())
    record_event(viewer, "grant.ended", subject=f"grant:{grant.pk}", reason=reason)

"""Reads what a user may do today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from aljabr.registry.accounts.models import Grant, Notice, User
from aljabr.registry.days import legal_today
from aljabr.registry.viewers import Held, Viewer


def viewer_of(user: User, *, on: date | None = None) -> Viewer:
    """Return the viewer a user is on a day; an inactive user may do nothing."""
    day = on or legal_today()
    grants = Grant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), user=user, from_on__lte=day).exclude(
        confirmed_by=""
    )
    held = list(grants) if user.is_active else []
    return Viewer(
        user_id=user.pk,
        name=user.name,
        language=user.language,
        roles=frozenset(grant.role for grant in held),
        areas=frozenset(grant.area for grant in held),
        bodies=frozenset(grant.body for grant in held if grant.body),
        units=frozenset(grant.unit for grant in held if grant.unit),
        held=tuple(Held(role=grant.role, area=grant.area, body=grant.body, unit=grant.unit) for grant in held),
    )


def users_with_role(viewer: Viewer, role: str, *, on: date | None = None) -> list[User]:
    """Return the active users who hold a role on a day, by id."""
    viewer.require("body.read")
    day = on or legal_today()
    current = Q(grants__role=role, grants__from_on__lte=day) & (Q(grants__until_on__isnull=True) | Q(grants__until_on__gt=day))
    return list(User.objects.filter(current, is_active=True).exclude(grants__confirmed_by="").distinct().order_by("pk"))


def notices_for(viewer: Viewer) -> list[Notice]:
    """Return the notices the viewer has not marked as seen, newest first."""
    return list(Notice.objects.filter(user_id=viewer.user_id, seen_at=None).order_by("-pk")[:50]) if viewer.user_id else []

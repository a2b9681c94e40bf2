"""Makes and revokes tokens."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from aljabr.registry.events.actions import record_event
from aljabr.registry.tokens.models import Token
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer

LONGEST_DAYS = 90
PREFIX = "aljabr_"


def hashed(secret: str) -> str:
    """Return what is kept of a token; it is random, so that a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(viewer: Viewer, *, label: str, roles: tuple[str, ...], days: int = 30) -> tuple[Token, str]:
    """Make a token that acts for the viewer with some of their roles; the token itself is returned once and kept nowhere.

    Raises
    ------
    NotAllowed
        For a role the viewer does not hold, or from a token.
    Conflict
        For no role, or a longer time than tokens live.
    """
    viewer.require("token.make")
    beyond = set(roles) - viewer.roles
    if beyond or viewer.by_token:
        raise NotAllowed("A token has no more than its user.", "Choose among your own roles, signed in yourself.")
    if not roles or not 1 <= days <= LONGEST_DAYS or not label.strip():
        raise Conflict("A token needs a label, a role and an end.", f"It lives 1 to {LONGEST_DAYS} days.")
    secret = PREFIX + secrets.token_urlsafe(32)
    made = timezone.now()
    token = Token.objects.create(
        user_id=viewer.person,
        label=label.strip()[:64],
        sha256=hashed(secret),
        roles=sorted(set(roles)),
        made_at=made,
        expires_at=made + timedelta(days=days),
    )
    record_event(viewer, "token.made", subject=f"token:{token.pk}", roles=token.roles, days=days)
    return token, secret


@transaction.atomic
def revoke_token(viewer: Viewer, token: Token) -> None:
    """Revoke a token of one's own; an administrator may revoke anybody's.

    Raises
    ------
    NotAllowed
        For somebody else's token.
    Conflict
        When it was revoked already.
    """
    viewer.require("token.make")
    if token.user_id != viewer.user_id and not viewer.may("user.manage"):
        raise NotAllowed("This token is somebody else's.", "Ask them, or an administrator.")
    if not Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        raise Conflict("This token was revoked already.", "Nothing is left to do.")
    record_event(viewer, "token.revoked", subject=f"token:{token.pk}")

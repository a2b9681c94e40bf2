"""Reads tokens, and who a program is."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.tokens.actions import hashed
from aljabr.registry.tokens.models import Token
from aljabr.registry.viewers import Viewer


def viewer_of_token(secret: str) -> Viewer | None:
    """Return the user a live token acts for, with the roles both hold today; None for any other text."""
    found = Token.objects.select_related("user").filter(sha256=hashed(secret), revoked_at__isnull=True)
    token = found.filter(expires_at__gt=timezone.now()).first()
    if token is None or not token.user.is_active:
        return None
    viewer = viewer_of(token.user)
    held = tuple(one for one in viewer.held if one.role in token.roles)
    return replace(viewer, roles=viewer.roles & frozenset(token.roles), held=held, by_token=True)


def tokens_of(viewer: Viewer) -> list[Token]:
    """Return the viewer's tokens; an administrator sees everybody's."""
    viewer.require("token.make")
    found = Token.objects.select_related("user").order_by("-made_at", "-id")
    return list(found if viewer.may("user.manage") else found.filter(user_id=viewer.person))


def token(viewer: Viewer, token_id: int) -> Token | None:
    """Return a token the viewer may see; None when there is none."""
    return next((found for found in tokens_of(viewer) if found.pk == token_id), None)

"""Puts the viewer on every request; the database learns of them in the request's own transaction (``web.pages.page``).

Whoever has given a password only is nobody yet: ``request.sign_in`` is set, and ``request.viewer`` may do nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from aljabr.registry.accounts.models import SignIn, User
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.accounts.signing import current_sign_in, is_complete
from aljabr.registry.viewers import Viewer


class SignedInMiddleware:
    """Sets ``request.user``, ``request.sign_in`` and ``request.viewer``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks."""
        user = get_user(request)
        sign_in = current_sign_in(request, user) if isinstance(user, User) else None
        _put(request, sign_in)
        return self.get_response(request)


def _put(request: HttpRequest, sign_in: SignIn | None) -> None:
    complete = sign_in is not None and is_complete(sign_in)
    request.sign_in = sign_in  # type: ignore[attr-defined]
    request.user = sign_in.user if sign_in and complete else AnonymousUser()
    request.viewer = viewer_of(sign_in.user) if sign_in and complete else Viewer()  # type: ignore[attr-defined]

"""Puts the viewer on every request; the database learns of them in the request's own transaction (``web.views.page``)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse

from aljabr.registry.accounts.models import User
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.viewers import Viewer


class SignedInMiddleware:
    """Sets ``request.user`` and ``request.viewer``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks."""
        user = get_user(request)
        request.user = user
        request.viewer = viewer_of(user) if isinstance(user, User) else Viewer()  # type: ignore[attr-defined]
        return self.get_response(request)

"""Who asks, and the frame every operation is served in: one transaction, admission as for pages, the reading of a claim noted."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Status
from ninja.security import APIKeyCookie, HttpBearer

from aljabr.programmes import Programme
from aljabr.registry.settings import SESSION_COOKIE_NAME
from aljabr.registry.stated import read_amount, wrong
from aljabr.registry.tokens.queries import viewer_of_token
from aljabr.registry.viewers import Viewer
from aljabr.registry.web.admission import admit, note_reading

Operation = Callable[..., Any]


class Token(HttpBearer):
    """A program's token in ``Authorization: Bearer …``."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        """Let the token's user ask, with the roles of the token."""
        viewer = viewer_of_token(token)
        if viewer is not None:
            request.viewer = viewer  # type: ignore[attr-defined]
        return viewer


class Session(APIKeyCookie):
    """The session of somebody signed in; writing needs the CSRF token besides."""

    param_name = SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        """Let the signed-in user ask."""
        viewer: Viewer | None = getattr(request, "viewer", None)
        return viewer if viewer and viewer.user_id is not None else None


def viewer_in(request: HttpRequest) -> Viewer:
    """Return who asks."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def done(kind: str, key: object) -> dict[str, str]:
    """Return what an act made."""
    return {"kind": kind, "id": str(key)}


def with_amount(stated: dict[str, Any], programme: Programme, *, name: str = "amount", at: str = "") -> dict[str, Any]:
    """Return what a body states with its amount in minor units, whether it was sent so or written in the currency.

    Raises
    ------
    FieldsRefused
        When the text is no amount, or both are sent.
    """
    written, minor = stated.pop(name), f"{name}_minor"
    if written.strip() and stated[minor] is not None:
        raise wrong(f"{at}{name}", "money.twice")
    return stated | {minor: read_amount(written, programme, field=f"{at}{name}") if written.strip() else stated[minor]}


def operation(view: Operation, *, permission: str, status: int) -> Operation:
    """Return an operation as it is served."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **parts: Any) -> Any:
        acting = request.method not in ("GET", "HEAD")
        named = request.resolver_match.kwargs if request.resolver_match else {}
        with transaction.atomic():
            viewer, claim_id = admit(viewer_in(request), permission, named, acting=acting)
            request.viewer = viewer  # type: ignore[attr-defined]
            answer = view(request, *args, **parts)
            if not acting:
                note_reading(viewer, claim_id, stated=request.GET.get("purpose", ""))
            return Status(status, answer)

    # The annotations are resolved where the view was written.
    served.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return served

"""Turns a view into a page: who may come in, what they may see, what is written down, how a refusal is said.

Steps of every request: the method; the sign-in (both factors, and the password again for grave acts); the permission of the policy;
the database is told who looks; the object the address names must be visible, and an act on it not barred by a recusal; the view;
a reading of a claim is recorded. No view can forget any of it. ``permission`` is ``public`` for pages anybody may open,
``first_factor`` for what completes a sign-in, ``signed_in`` for a user's own, else a row of ``policy.PERMISSIONS``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from aljabr.errors import AljabrError
from aljabr.registry.accounts.models import SignIn
from aljabr.registry.accounts.signing import has_factor, is_fresh
from aljabr.registry.exports.actions import Gone
from aljabr.registry.policy import FRESH_FOR
from aljabr.registry.refusals import way_out
from aljabr.registry.viewers import Conflict, NotAllowed, Unreadable, Viewer
from aljabr.registry.web.admission import admit, note_reading
from aljabr.registry.web.said import said

View = Callable[..., HttpResponseBase]
STATUS = {NotAllowed: 403, Conflict: 409, Gone: 410}
_CHECK_VIOLATION = "23514"
_UNREADABLE = ("This cannot be read.", "Look at what was typed: its length, its digits, its signs.")


class Page(HttpRequest):
    """A request whose viewer is known."""

    viewer: Viewer
    sign_in: SignIn | None


def page(view: View, *, permission: str, methods: tuple[str, ...]) -> View:
    """Return the view as it is served."""

    @wraps(view)
    def served(request: Page, **parts: Any) -> HttpResponseBase:
        if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
            return HttpResponseNotAllowed(methods)
        stopped = _stopped(request, permission, methods)
        if stopped is not None:
            return stopped
        try:
            return _answered(request, view, permission, parts)
        except AljabrError as error:
            return _refused(request, error)
        except DatabaseError as error:
            refusal = way_out(error) or _unreadable(error)
            if refusal is None:
                raise
            return _refused(request, refusal)

    served.permission = permission  # type: ignore[attr-defined]
    served.methods = methods  # type: ignore[attr-defined]
    return served


def _stopped(request: Page, permission: str, methods: tuple[str, ...]) -> HttpResponse | None:
    """Send away whoever has not signed in as far as the page asks."""
    here = {"next": request.get_full_path() if request.method == "GET" else "/"}
    known = request.sign_in if permission == "first_factor" else request.viewer.user_id
    if permission != "public" and known is None:
        if request.method == "POST" and "GET" not in methods:
            return HttpResponse(status=401)
        if request.sign_in is None:
            return redirect(f"/sign-in?{urlencode(here)}")
        return redirect("second-factor" if has_factor(request.sign_in.user) else "factors")
    grave = permission in FRESH_FOR and request.method == "POST"
    if grave and request.viewer.may(permission) and request.sign_in and not is_fresh(request.sign_in):
        return redirect(f"/sign-in/again?{urlencode({'next': _came_from(request) or '/'})}")
    return None


def _came_from(request: Page) -> str:
    back, root = request.headers.get("Referer", ""), request.build_absolute_uri("/")
    return f"/{back[len(root) :]}" if back.startswith(root) else ""


def _is_page(address: str) -> bool:
    """Whether an address of the registry can be opened, not only sent to."""
    try:
        return "GET" in resolve(address.partition("?")[0].partition("#")[0]).func.methods  # type: ignore[attr-defined]
    except (Resolver404, AttributeError):
        return False


def _answered(request: Page, view: View, permission: str, parts: dict[str, Any]) -> HttpResponseBase:
    if any("\x00" in value for values in (request.GET, request.POST) for name in values for value in values.getlist(name)):
        raise Unreadable(*_UNREADABLE)
    acting = request.method not in ("GET", "HEAD")
    with transaction.atomic():
        request.viewer, claim_id = admit(request.viewer, permission, parts, acting=acting)
        response = view(request, **parts)
        if not acting and response.status_code == 200:
            note_reading(request.viewer, claim_id, stated=request.GET.get("purpose", ""))
        return response


def _unreadable(error: DatabaseError) -> Unreadable | None:
    """A value no column takes: too long, too large, none of those allowed."""
    checked = getattr(error.__cause__, "sqlstate", "") == _CHECK_VIOLATION
    return Unreadable(*_UNREADABLE) if checked or isinstance(error, DataError) else None


def _refused(request: Page, error: AljabrError) -> HttpResponse:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    back = _came_from(request)
    if request.method == "POST" and status == 409 and _is_page(back):
        messages.error(request, f"{said(error.what)} {said(error.way_out)}".strip())
        return HttpResponseRedirect(back)
    return render(request, "registry/refused.html", {"error": error}, status=status)


def found(value: Any) -> Any:
    """Return the value; a page that does not exist when it is None, so that what is hidden is not told from what is not there."""
    if value is None:
        raise Http404
    return value

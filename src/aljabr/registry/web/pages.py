"""Turns a view into a page: who may come in, what they may see, what is written down, how a refusal is said.

Steps of every request: the method; the sign-in (both factors, and the password again for grave acts); the permission of the policy;
the database is told who looks; the object the address names must be visible, and an act on it not barred by a recusal; the view;
a reading of a claim is recorded. A refused form is shown again as it was typed. No view can forget any of it.
``permission`` is ``public`` for pages anybody may open,
``first_factor`` for what completes a sign-in, ``signed_in`` for a user's own, else a row of ``policy.PERMISSIONS``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, DataError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
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
from aljabr.registry.stated import FieldsRefused
from aljabr.registry.viewers import Conflict, NotAllowed, Unreadable, Viewer
from aljabr.registry.web.admission import admit, note_reading
from aljabr.registry.web.kept import filled
from aljabr.registry.web.said import said

View = Callable[..., HttpResponseBase]
STATUS = {NotAllowed: 403, Conflict: 409, Gone: 410, FieldsRefused: 422}
_CHECK_VIOLATION = "23514"
_UNREADABLE = ("This cannot be read.", "Look at what was typed: its length, its digits, its signs.")


class Page(HttpRequest):
    """A request whose viewer is known."""

    viewer: Viewer
    sign_in: SignIn | None
    about: str
    refusal: AljabrError | None


def page(view: View, *, permission: str, methods: tuple[str, ...]) -> View:
    """Return the view as it is served."""

    @wraps(view)
    def served(request: Page, **parts: Any) -> HttpResponseBase:
        if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
            return HttpResponseNotAllowed(methods)
        request.about = ""
        stopped, viewer = _stopped(request, permission, methods), request.viewer
        if stopped is not None:
            return stopped
        try:
            return _answered(request, view, permission, parts)
        except AljabrError as error:
            return _refused(request, error, viewer)
        except DatabaseError as error:
            refusal = way_out(error) or _unreadable(error)
            if refusal is None:
                raise
            return _refused(request, refusal, viewer)

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
        request.about = claim_id
        response = view(request, **parts)
        if not acting and response.status_code == 200:
            note_reading(request.viewer, claim_id, stated=request.GET.get("purpose", ""))
        return response


def _unreadable(error: DatabaseError) -> Unreadable | None:
    """A value no column takes: too long, too large, none of those allowed."""
    checked = getattr(error.__cause__, "sqlstate", "") == _CHECK_VIOLATION
    return Unreadable(*_UNREADABLE) if checked or isinstance(error, DataError) else None


def _refused(request: Page, error: AljabrError, viewer: Viewer) -> HttpResponse:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    back = _came_from(request)
    if request.method == "POST" and status in (409, 422):
        shown = _form_again(request, error, viewer, status=status)
        if shown is not None:
            return shown
        if status == 409 and _is_page(back):
            messages.error(request, f"{said(error.what)} {said(error.way_out)}".strip())
            return HttpResponseRedirect(back)
    return render(request, "registry/refused.html", {"error": error}, status=status)


def _form_again(request: Page, error: AljabrError, viewer: Viewer, *, status: int) -> HttpResponse | None:
    """Return the page the form stood on, as it was typed, with what is wrong beside its fields; None when there is no such page."""
    about = f"/claims/{request.about}" if status == 422 and request.about else ""
    address = next((one for one in (_came_from(request), request.get_full_path(), about) if one and _is_page(one)), "")
    if not address:
        return None
    path, _, query = address.partition("#")[0].partition("?")
    match = resolve(path)
    page = match.func(_asking(request, path, query, viewer=viewer, refusal=error), *match.args, **match.kwargs)
    if page.status_code != 200 or not isinstance(page, HttpResponse):
        return None
    wrong = {one.field: f"{said(one.what)} {said(one.way_out)}" for one in error.wrong} if isinstance(error, FieldsRefused) else {}
    typed = {name: request.POST.getlist(name) for name in request.POST}
    html = filled(page.content.decode(), action=request.path, at=path, typed=typed, errors=wrong)
    return HttpResponse(html, status=status, content_type=page.headers["Content-Type"])


def _asking(request: Page, path: str, query: str, *, viewer: Viewer, refusal: AljabrError) -> Page:
    """Return the request with which the same browser would open a page; copying one as it is would empty the first."""
    again = object.__new__(type(request))
    again.__dict__ |= request.__dict__
    again.method, again.path, again.path_info, again.viewer, again.refusal = "GET", path, path, viewer, refusal
    again.GET, again.POST, again.resolver_match = QueryDict(query), QueryDict(), resolve(path)
    return again


def found(value: Any) -> Any:
    """Return the value; a page that does not exist when it is None, so that what is hidden is not told from what is not there."""
    if value is None:
        raise Http404
    return value

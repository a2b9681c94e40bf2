"""Turns a view into a page: binds the viewer to its transaction, refuses what the policy does not allow, says errors gently.

``permission`` is ``public`` for pages anybody may open, ``signed_in`` for a user's own, else a row of ``policy.PERMISSIONS``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from aljabr.errors import AljabrError
from aljabr.registry.exports.actions import Gone
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer
from aljabr.registry.web.said import said

View = Callable[..., HttpResponseBase]
STATUS = {NotAllowed: 403, Conflict: 409, Gone: 410}


class Page(HttpRequest):
    """A request whose viewer is known."""

    viewer: Viewer


def page(view: View, *, permission: str, methods: tuple[str, ...]) -> View:
    """Return the view as it is served."""

    @wraps(view)
    def served(request: Page, **parts: Any) -> HttpResponseBase:
        if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
            return HttpResponseNotAllowed(methods)
        viewer = request.viewer
        if permission != "public" and viewer.user_id is None:
            return redirect(f"/sign-in?next={request.path}") if "GET" in methods else HttpResponse(status=401)
        try:
            with transaction.atomic():
                viewer.bind()
                if permission not in ("public", "signed_in"):
                    viewer.require(permission)
                return view(request, **parts)
        except AljabrError as error:
            return _refused(request, error)

    return served


def _refused(request: Page, error: AljabrError) -> HttpResponse:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    back = request.headers.get("Referer", "")
    if request.method == "POST" and status == 409 and back.startswith(request.build_absolute_uri("/")):
        messages.error(request, f"{said(error.what)} {said(error.way_out)}".strip())
        return HttpResponseRedirect(back)
    return render(request, "registry/refused.html", {"error": error}, status=status)


def found(value: Any) -> Any:
    """Return the value; a page that does not exist when it is None, so that what is hidden is not told from what is not there."""
    if value is None:
        raise Http404
    return value

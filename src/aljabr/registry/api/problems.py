"""Errors as problem documents: code, what, way out, the same as on the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from aljabr.errors import AljabrError
from aljabr.registry.refusals import way_out
from aljabr.registry.stated import FieldsRefused
from aljabr.registry.web.pages import STATUS

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "Bad request",
    401: "Nobody signed in",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    410: "Gone",
    422: "Not readable",
}


def problem(status: int, *, code: str, what: str, out: str, errors: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """Return a problem document; ``errors`` are the fields refused."""
    said = {"type": f"urn:aljabr:{code}", "title": _TITLES.get(status, "Refused"), "status": status}
    fields = {"errors": list(errors)} if errors else {}
    body = json.dumps({**said, "code": code, "what": what, "way_out": out, **fields}, ensure_ascii=False)
    return HttpResponse(body.encode("utf-8", "replace"), status=status, content_type=MEDIA_TYPE)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)
    errors = [vars(one) for one in error.wrong] if isinstance(error, FieldsRefused) else []
    return problem(status, code=error.code, what=error.what, out=error.way_out, errors=errors)


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {
            "field": ".".join(map(str, found["loc"])).removeprefix("body.body."),
            "code": f"type.{found['type']}",
            "what": found["msg"],
        }
        for found in error.errors
    ]
    said = "; ".join(f"{one['field']}: {one['what']}" for one in errors)
    out = "Send what the operation's schema in /api/v1/openapi.json says."
    return problem(422, code="request.unreadable", what=said, out=out, errors=errors)


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, code="request.refused", what=str(error), out="See /api/v1/openapi.json.")


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, code="request.not_found", what="There is nothing here you may see.", out="Look for it by a search.")


def _nobody(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, code="request.signed_out", what="Nobody is signed in.", out="Send a live token, or sign in.")


def _database(request: HttpRequest, error: Any) -> HttpResponse:
    refusal = way_out(error)
    if refusal:
        return _refused(request, refusal)
    if isinstance(error, DataError):
        return problem(422, code="request.unstorable", what="A value cannot be stored.", out="Leave out NUL and shorten it.")
    if isinstance(error, IntegrityError):
        return problem(409, code="registry.conflict", what="This is there already.", out="Look at it, and send another key.")
    raise error  # nobody foresaw it


def _unicode(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, code="request.unstorable", what="A text is no Unicode.", out="Leave out lone surrogates.")


def say_problems(api: NinjaAPI) -> None:
    """Let the interface answer every error with a problem document."""
    api.add_exception_handler(AljabrError, _refused)
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(AuthenticationError, _nobody)
    api.add_exception_handler(DatabaseError, _database)
    api.add_exception_handler(UnicodeError, _unicode)

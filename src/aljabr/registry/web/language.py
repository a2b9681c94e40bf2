"""The language, direction and zone of a page: the language is the user's choice, else the browser's among ours, else Arabic."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from aljabr.registry.days import zone

COOKIE = "aljabr_language"
RIGHT_TO_LEFT = frozenset({"ar", "ckb"})
_OURS = dict(settings.LANGUAGES)


class LanguageMiddleware:
    """Turns on the language of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the request's language."""
        language = language_of(request)
        # Instants are shown in the zone whose day is the legal day.
        with translation.override(language), timezone.override(zone()):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    """Return the code of the request's language."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in _OURS:
        return chosen
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip().split("-")[0]
        if code in _OURS:
            return code
    return "ar"

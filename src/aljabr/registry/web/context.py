"""What every page is given: language, direction, the viewer and the ways they may go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from aljabr.registry.viewers import Viewer
from aljabr.registry.web.language import RIGHT_TO_LEFT, language_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of every template."""
    viewer: Viewer = getattr(request, "viewer", Viewer())
    language = language_of(request)
    return {
        "viewer": viewer,
        "refusal": getattr(request, "refusal", None),
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "languages": settings.LANGUAGES,
        "may_lodge": viewer.may("claim.lodge"),
        "may_search": viewer.may("claim.search"),
        "may_manage": viewer.may("user.manage"),
        "may_see_runs": viewer.may("run.read"),
        "may_see_exports": viewer.may("export.read"),
        "may_see_bodies": viewer.may("body.read"),
    }

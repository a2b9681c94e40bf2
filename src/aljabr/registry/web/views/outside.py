"""Outside bodies: who is late, reminders, objections; and the figures everybody may see."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aljabr.registry import law
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.figures import SMALLEST_CELL, attestations, decisions_by_outcome, dwell_times
from aljabr.registry.decisions.objections import open_objection_motion, tell_claimant
from aljabr.registry.procedure.models import ExternalRequest, Objection
from aljabr.registry.procedure.outside import lapse_objection, remind_body
from aljabr.registry.procedure.queries import requests_overdue
from aljabr.registry.web.forms import day, text
from aljabr.registry.web.pages import Page, found


def figures(request: Page) -> HttpResponse:
    """Show how long bodies take and what was decided."""
    language = getattr(request, "LANGUAGE_CODE", "ar")
    titles = {body.key: law.text(body.title, language) for programme in law.programmes() for body in programme.bodies}
    titles |= {"attests": str(_("attests")), "dissents": str(_("dissents"))}
    context = {
        "dwell": dwell_times(),
        "decided": decisions_by_outcome(),
        "attested": attestations(),
        "least": SMALLEST_CELL,
        "titles": titles,
        "may_attest": request.viewer.may("attestation.give"),
    }
    return render(request, "registry/figures.html", context)


def overdue(request: Page) -> HttpResponse:
    """Show the requests whose due day has passed."""
    today = legal_today()
    return render(request, "registry/overdue.html", {"requests": requests_overdue(request.viewer, on=today), "today": today})


def remind(request: Page, request_id: int) -> HttpResponse:
    """Remind a late body."""
    asked = found(ExternalRequest.objects.filter(pk=request_id).first())
    remind_body(request.viewer, asked)
    return redirect("overdue")


def _objection(objection_id: int) -> Objection:
    return found(Objection.objects.filter(pk=objection_id).first())  # type: ignore[no-any-return]


def tell(request: Page, objection_id: int) -> HttpResponse:
    """Record that the claimant was told of an objection."""
    told = _objection(objection_id)
    on = day(request, "on", programme=told.item.claim.programme)
    objection = tell_claimant(request.viewer, told, on=on, says=text(request, "says"))
    return redirect("claim-page", claim_id=objection.claim_id)


def put_objection(request: Page, objection_id: int) -> HttpResponse:
    """Put an objection to the vote."""
    objection = _objection(objection_id)
    outcome, ground = text(request, "outcome", required=True), text(request, "ground", required=True)
    open_objection_motion(request.viewer, objection, outcome=outcome, ground=ground)
    return redirect("claim-page", claim_id=objection.claim_id)


def lapse(request: Page, objection_id: int) -> HttpResponse:
    """Let an objection lapse."""
    objection = _objection(objection_id)
    lapse_objection(request.viewer, objection)
    return redirect("claim-page", claim_id=objection.claim_id)

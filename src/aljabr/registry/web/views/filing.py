"""The form in which a claim is filed: nothing but a name and a harm is required."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.days import legal_today
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.web.forms import day, money, text
from aljabr.registry.web.pages import Page


def new_claim(request: Page) -> HttpResponse:
    """Ask for a claim, or lodge it; posting the same form twice lodges one claim."""
    programme = law.programmes()[0]
    if request.method == "POST":
        claim = lodge_claim(request.viewer, _filing(request))
        return redirect("claim-page", claim_id=claim.id)
    language = getattr(request, "LANGUAGE_CODE", "ar")
    context = {
        "harms": [(harm.code, law.text(harm.label, language)) for harm in programme.harms],
        "relations": [(code, law.text(programme.labels.get(code, {"en": code}), language)) for code in programme.relations],
        "exhibits": [(fact.exhibit, law.text(fact.label, language)) for fact in programme.facts if fact.source == "exhibit"],
        "areas": sorted(request.viewer.areas - {"*"}) or ["IQ-NI"],
        "filing_key": secrets.token_hex(16),
        "currency": programme.currency.code,
        "today": legal_today(programme.key),
    }
    return render(request, "registry/new_claim.html", context)


def _filing(request: Page) -> Filing:
    programme = law.programmes()[0]
    people = [
        StatedPerson(
            full_name=text(request, "full_name"),
            role="claimant",
            relation=text(request, "relation"),
            sex=text(request, "sex"),
            born=text(request, "born"),
            phone=text(request, "phone"),
            id_number=text(request, "id_number"),
        )
    ]
    if text(request, "victim_name"):
        people.append(StatedPerson(full_name=text(request, "victim_name"), role="victim"))
    incident = text(request, "incident_on")
    item = StatedItem(
        harm=text(request, "harm"),
        facts={"relation": text(request, "relation")} if text(request, "relation") else {},
        claimed_minor=money(request, "claimed", programme),
        incident=text(request, "incident"),
        incident_earliest_on=day(request, "incident_on") if incident else None,
        incident_latest_on=day(request, "incident_on") if incident else None,
        place=text(request, "place"),
        exhibits=tuple(request.POST.getlist("exhibit")),
    )
    return Filing(
        programme=programme.key,
        filing_key=text(request, "filing_key", required=True),
        filed_on=day(request, "filed_on", programme=programme.key),
        area=text(request, "area", required=True),
        language=text(request, "language") or "ar",
        interviewer_sex=text(request, "interviewer_sex"),
        people=tuple(people),
        items=(item,),
    )

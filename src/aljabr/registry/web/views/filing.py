"""The form in which a claim is filed: nothing but a name and a harm is required."""

from __future__ import annotations

import secrets
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.programmes import Programme
from aljabr.registry import law
from aljabr.registry.days import legal_today
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.stated import Stated, read_answers, read_born, read_date, read_phone
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
    programme, today, taken = law.programmes()[0], legal_today(law.programmes()[0].key), Stated()
    claimant = StatedPerson(
        full_name=taken.take(lambda: text(request, "full_name", required=True), ""),
        role="claimant",
        relation=text(request, "relation"),
        sex=text(request, "sex"),
        born=taken.take(lambda: read_born(text(request, "born"), field="born", until=today), ""),
        phone=taken.take(lambda: read_phone(text(request, "phone"), field="phone"), ""),
        id_number=text(request, "id_number"),
    )
    named = text(request, "victim_name")
    victims = (StatedPerson(full_name=named, role="victim"),) if named else ()
    item = _item(request, programme, taken, today=today)
    filed_on = taken.take(lambda: day(request, "filed_on", programme=programme.key), today)
    area = taken.take(lambda: text(request, "area", required=True), "")
    taken.close()
    return Filing(
        programme=programme.key,
        filing_key=text(request, "filing_key", required=True),
        filed_on=filed_on,
        area=area,
        language=text(request, "language") or "ar",
        interviewer_sex=text(request, "interviewer_sex"),
        people=(claimant, *victims),
        items=(item,),
    )


def _item(request: Page, programme: Programme, taken: Stated, *, today: date) -> StatedItem:
    when, relation = text(request, "incident_on"), text(request, "relation")
    incident = taken.take(lambda: read_date(when, field="incident_on", until=today) if when else None, None)
    stated = {"relation": relation} if relation else {}
    return StatedItem(
        harm=text(request, "harm"),
        facts=taken.take(lambda: read_answers(programme, stated), {}),
        claimed_minor=taken.take(lambda: money(request, "claimed", programme), None),
        incident=text(request, "incident"),
        incident_earliest_on=incident.earliest if incident else None,
        incident_latest_on=incident.latest if incident else None,
        place=text(request, "place"),
        exhibits=tuple(request.POST.getlist("exhibit")),
    )

"""Lodges a claim and puts each head of loss on its way. Filing is never gated by papers.

A filing is idempotent: the same ``filing_key`` with the same content is the same claim; with other content it is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from aljabr.canonical import digest
from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.events.actions import record_event
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.identifiers import new_id
from aljabr.registry.parties.keys import keys_of
from aljabr.registry.parties.models import Person
from aljabr.registry.procedure.steps import enter_step
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


@dataclass(frozen=True, kw_only=True)
class StatedPerson:
    """A person as the filing states them; ``role`` is claimant, victim or roster."""

    full_name: str
    role: str
    relation: str = ""
    sex: str = ""
    born: str = ""
    phone: str = ""
    id_number: str = ""
    place: str = ""
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class StatedItem:
    """A head of loss as the filing states it; ``facts`` are inputs of the programme's tables, ``exhibits`` kinds of evidence."""

    harm: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    claimed_minor: int | None = None
    incident: str = ""
    incident_earliest_on: date | None = None
    incident_latest_on: date | None = None
    place: str = ""
    property_ref: str = ""
    exhibits: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """All that a claimant files at once."""

    programme: str
    filing_key: str
    filed_on: date
    area: str
    people: tuple[StatedPerson, ...]
    items: tuple[StatedItem, ...]
    language: str = "ar"
    reference: str = ""
    interviewer_sex: str = ""
    sealed_unit: str = ""
    id: str = ""

    def content_digest(self) -> str:
        """Return the digest of what was filed, to tell a replay from a different filing under the same key."""
        people = [vars(person) for person in self.people]
        items = [{name: _plain(value) for name, value in vars(item).items()} for item in self.items]
        return digest({"people": people, "items": items, "filed_on": self.filed_on.isoformat(), "area": self.area})


def lodge_claim(viewer: Viewer, filing: Filing) -> Claim:
    """Lodge a claim and put each head of loss on its way.

    Raises
    ------
    NotAllowed
        Without the permission, or outside the viewer's areas.
    Conflict
        When key or reference were used for another filing, the filing has no claimant or no item, or a harm is not the programme's.
    """
    viewer.require("claim.lodge")
    _check(viewer, filing)
    try:
        with guarded():
            return _lodge(viewer, filing)
    except Conflict as refusal:
        return _replayed(filing, refusal)


def _check(viewer: Viewer, filing: Filing) -> None:
    programme = law.programme(filing.programme)
    if "*" not in viewer.areas and filing.area not in viewer.areas:
        raise NotAllowed(
            f"You do not serve the area {filing.area}.", "Pass the claimant on to an office that does; they lose no time by it."
        )
    if not any(person.role == "claimant" and person.full_name.strip() for person in filing.people):
        raise Conflict("A claim needs a claimant with a name.", "Write the name as the claimant says it; papers can follow.")
    unknown = {item.harm for item in filing.items} - {harm.code for harm in programme.harms}
    if unknown or not filing.items:
        raise Conflict(
            f"{', '.join(sorted(unknown)) or 'Nothing'} is no harm of {programme.key}.",
            f"Harms are {', '.join(harm.code for harm in programme.harms)}.",
        )


def _replayed(filing: Filing, refusal: Conflict) -> Claim:
    claim = Claim.objects.filter(filing_key=filing.filing_key).first()
    if claim is None:
        raise refusal
    if claim.content_digest != filing.content_digest():
        raise Conflict("This filing key was used for something else.", "File again under a new key.")
    return claim


def _lodge(viewer: Viewer, filing: Filing) -> Claim:
    programme = law.programme(filing.programme)
    claim_id = filing.id or new_id("claim")
    reference = filing.reference or claim_id.removeprefix("clm_")[:10].upper()
    event = record_event(
        viewer,
        "claim.lodged",
        subject=claim_id,
        claim_id=claim_id,
        content_digest=filing.content_digest(),
        programme=programme.key,
        programme_hash=programme.hash,
        filed_on=filing.filed_on.isoformat(),
    )
    claimant = next(person for person in filing.people if person.role == "claimant")
    claim = Claim.objects.create(
        id=claim_id,
        programme=programme.key,
        programme_hash=programme.hash,
        reference=reference,
        filing_key=filing.filing_key,
        content_digest=filing.content_digest(),
        filed_on=filing.filed_on,
        lodged_at=timezone.now(),
        area=filing.area,
        language=filing.language,
        claimant_name=claimant.full_name,
        interviewer_sex=filing.interviewer_sex,
        sealed_unit=filing.sealed_unit,
        search_keys=_keys(reference, filing.people),
        event_id=event.pk,
    )
    people = [_person(claim, person) for person in filing.people]
    Person.objects.bulk_create(people)
    victim = next((person for person in people if person.role == "victim"), people[0])
    for item in filing.items:
        _add_item(viewer, claim, item, victim_id=victim.id, event_id=event.pk)
    return claim


def _person(claim: Claim, stated: StatedPerson) -> Person:
    return Person(
        id=stated.id or new_id("person"),
        claim_id=claim.id,
        search_keys=_keys("", [stated]),
        **{name: value for name, value in vars(stated).items() if name != "id"},
    )


def _keys(reference: str, people: Iterable[StatedPerson]) -> list[str]:
    people = tuple(people)
    return keys_of(
        names=[person.full_name for person in people],
        phones=[person.phone for person in people],
        documents=[person.id_number for person in people],
        references=[reference],
    )


def _add_item(viewer: Viewer, claim: Claim, stated: StatedItem, *, victim_id: str, event_id: int) -> None:
    values = {name: value for name, value in vars(stated).items() if name not in ("id", "exhibits", "facts")}
    facts = {name: _plain(value) for name, value in stated.facts.items()}
    item = ClaimItem.objects.create(id=stated.id or new_id("item"), claim=claim, victim_id=victim_id, facts=facts, **values)
    moment = timezone.now()
    Exhibit.objects.bulk_create(
        Exhibit(id=new_id("exhibit"), claim_id=claim.id, item_id=item.id, kind=kind, received_at=moment, received_by=viewer.actor)
        for kind in stated.exhibits
    )
    enter_step(item, claim, law.first_step(law.programme(claim.programme)), on=claim.filed_on, event_id=event_id)


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else _json(value)


def _json(value: object) -> Any:
    return dict(value) if isinstance(value, Mapping) else value

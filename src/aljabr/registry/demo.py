"""The demo: the bodies of IQ-LAW20 with invented people, one account for every role, sample claims and the engine's proposals.

Loaded once; the sample is generated and run by the engine, and lodged claim by claim through the same action the intake form calls.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from collections import defaultdict
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from aljabr.registry import law
from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.models import User
from aljabr.registry.bodies.actions import appoint, found_bodies
from aljabr.registry.bodies.models import Body
from aljabr.registry.claims.models import Claim
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.results import facts_digest, record_proposals
from aljabr.registry.viewers import system_viewer
from aljabr.relations import Database
from aljabr.runs import run_job, write_sample_files

CLAIMS = 2000
AREA = "IQ-NI"
_ACCOUNTS = (
    ("intake", "intake_officer", "ninewa_sub_committee", "هيفاء سالم"),
    ("reviewer", "reviewer", "", "ڕێبوار کەریم"),
    ("reviewer2", "reviewer", "", "نادية يونس"),
    ("secretary", "secretary", "ninewa_sub_committee", "وليد حازم"),
    ("court", "secretary", "ninewa_appeals_court", "أمل داود"),
    ("central", "secretary", "central_committee", "سعد نوري"),
    ("finance", "finance_officer", "", "ليلى عزيز"),
    ("finance2", "finance_officer", "", "شفان عمر"),
    ("auditor", "auditor", "", "Mara Lindqvist"),
    ("observer", "observer", "", "Tomás Arrieta"),
    ("admin", "administrator", "", "Sîpan Elî"),
    ("admin2", "administrator", "", "رنا قاسم"),
)
# Invented, for the seats in the order of the bodies below; they stand for nobody.
_MEMBERS = (
    "القاضي عدنان رشيد",
    "حسن طارق",
    "سناء مجيد",
    "د. رائد كامل",
    "ئاواز عومەر",
    "فلاح عبد الله",
    "ميسون إبراهيم",
    "شيرين حاجي",
    "القاضي منير خالد",
    "القاضية هدى صبري",
    "القاضي بشار نعمان",
    "جمال فاضل",
    "نضال شاكر",
    "د. إيناس حميد",
    "ياسر عبود",
    "رغد سلمان",
    "قاسم لطيف",
    "هێمن سەعید",
    "وسن عادل",
)
_WAIVER = "In the demo a second factor is optional; every other account must have one before it may do anything."
_VOTING = ("ninewa_sub_committee", "ninewa_appeals_court", "central_committee")


def load_demo() -> list[str]:
    """Load the demo unless it is there, and say who may sign in.

    Returns
    -------
    list of str
        Lines for people.
    """
    secret = Path(settings.MEDIA_ROOT).parent / "demo.secret"
    if not secret.exists():
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.write_text(secrets.token_urlsafe(9))
        secret.chmod(0o600)
    password = secret.read_text()
    with transaction.atomic():
        system_viewer().bind()
        if not User.objects.filter(username="intake").exists():
            there = list(User.objects.values_list("pk", flat=True))
            found_demo()
            hashed = make_password(password)  # one hash for all: hashing is meant to be slow
            User.objects.exclude(pk__in=there).update(password=hashed, is_demo=True)
    with transaction.atomic():
        system_viewer().bind()
        if not Claim.objects.exists():
            _load_claims()
    names = ", ".join(name for name, *_ in _ACCOUNTS)
    seats = ", ".join(f"{body}-1 …" for body in _VOTING)
    return [f"Demo accounts: {names}; seats: {seats}", f"Their password: {password}", _WAIVER]


def found_demo() -> None:
    """Found the bodies and their people: one account for every role, a member on every seat."""
    system = system_viewer()
    found_bodies(system, law.programme("IQ-LAW20"))
    for username, role, body, name in _ACCOUNTS:
        user = add_user(system, username=username, name=name, password=None)
        give_role(
            system, user, role, area=AREA if role in ("intake_officer", "reviewer") else "*", body=body, from_on=date(2024, 1, 1)
        )
    members = cycle(_MEMBERS)
    for key in _VOTING:
        for seat in Body.objects.get(key=key).seats.order_by("number"):
            user = add_user(system, username=f"{key}-{seat.number}", name=next(members), password=None)
            give_role(system, user, "member", body=key, from_on=date(2024, 1, 1))
            appoint(system, seat, user, from_on=date(2024, 1, 1))


def _load_claims() -> None:
    with tempfile.TemporaryDirectory(prefix="aljabr-demo-") as folder:
        base = Path(folder)
        write_sample_files(base / "sample", claims=CLAIMS, level="usual", seed=20)
        files = tuple(sorted((base / "sample").iterdir()))
        run_job("IQ-LAW20", files, base / "out", as_of=date(2024, 12, 31), fund="demo-small", progress=lambda *_: None)
        _lodge_all(base / "out" / "private" / "relations")


def _lodge_all(relations: Path) -> None:
    with Database() as db:
        for name in ("claims", "claim_items", "person_records", "exhibits", "facts", "determinations"):
            db.read(name, relations)
        rows = {name: db.dicts(f"SELECT * FROM {name} ORDER BY 1") for name in ("claims", "person_records", "determinations")}
        items, facts, exhibits = _by("claim_id", db, "claim_items"), _by("item_id", db, "facts"), _by("item_id", db, "exhibits")
    people: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in rows["person_records"]:
        people[person["record_id"]].append(person)
    system = system_viewer()
    for claim in rows["claims"]:
        lodge_claim(system, _filing(claim, people[claim["record_id"]], items.get(claim["claim_id"], []), facts, exhibits))
    programme = law.programme("IQ-LAW20")
    determined = [
        {
            **row,
            "facts_digest": facts_digest(_facts(facts[row["item_id"]][0])),
            "rule_hits": json.loads(row["rule_hits"]),
            "missing_facts": json.loads(row["missing_facts"]),
        }
        for row in rows["determinations"]
    ]
    record_proposals(system, "demo", programme.hash, determined)


def _by(key: str, db: Database, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in db.dicts(f"SELECT * FROM {name} ORDER BY 1"):
        found[row[key]].append(row)
    return found


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    keep = {name: value for name, value in row.items() if name not in ("item_id", "claim_id") and value is not None}
    return {
        name: value if isinstance(value, bool | str) else int(value) if isinstance(value, int) else str(value)
        for name, value in keep.items()
    }


def _filing(
    claim: dict[str, Any],
    people: list[dict[str, Any]],
    items: list[dict[str, Any]],
    facts: dict[str, list[dict[str, Any]]],
    exhibits: dict[str, list[dict[str, Any]]],
) -> Filing:
    return Filing(
        id=claim["claim_id"],
        programme="IQ-LAW20",
        filing_key=claim["claim_id"],
        filed_on=claim["filed_on"] or date(2024, 12, 31),
        area=AREA,
        language=claim["language"] or "ar",
        reference=f"{claim['reference'] or ''}-{claim['claim_id'][4:9]}".strip("-"),
        people=tuple(
            StatedPerson(
                id=person["person_record_id"],
                full_name=person["full_name"] or "–",
                role=person["role"],
                sex={"female": "f", "male": "m"}.get(person["sex"] or "", ""),
                born=person["born"] or "",
                phone=person["phone"] or "",
                id_number=person["id_number"] or "",
                place=person["place"] or "",
            )
            for person in people
        ),
        items=tuple(
            StatedItem(
                id=item["item_id"],
                harm=item["harm"],
                claimed_minor=item["claimed_minor"],
                incident=item["incident"] or "",
                incident_earliest_on=item["incident_earliest_on"],
                incident_latest_on=item["incident_latest_on"],
                place=item["place"] or "",
                property_ref=item["property_ref"] or "",
                facts=_facts(facts[item["item_id"]][0]),
                exhibits=tuple(exhibit["kind"] for exhibit in exhibits.get(item["item_id"], [])),
            )
            for item in items
        ),
    )

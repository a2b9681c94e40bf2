"""What a run says at its end: a short summary a person understands, and where everything lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aljabr.money import money_text
from aljabr.programmes import load_programme
from aljabr.programmes.records import CurrencySpec
from aljabr.relations import Database
from aljabr.runs.job import RunResult

_OUTCOMES = "SELECT outcome, count(*) FROM determinations GROUP BY outcome ORDER BY outcome"
_REASONS = "SELECT code, count(DISTINCT record_id) FROM issues WHERE severity = 'quarantine' GROUP BY code ORDER BY 2 DESC, 1"
_AGREEMENT = "SELECT f.{fact}, d.outcome, count(*) FROM facts f JOIN determinations d USING (item_id) GROUP BY ALL ORDER BY ALL"
_PLACES = (
    ("Letters:", "private/letters"),
    ("Lists:", "private/determinations"),
    ("Mend:", "private/mend"),
    ("Payments:", "private/payments"),
    ("Public:", "public"),
)


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """The main figures of a run, as counted in its relations."""

    out: Path
    figures: dict[str, Any]
    text: tuple[str, ...] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for machines."""
        return self.figures

    def lines(self) -> list[str]:
        """Return the summary for people."""
        return list(self.text)


def summarise(result: RunResult) -> RunSummary:
    """Count a finished run from its output."""
    programme = load_programme(str(result.out / "public" / "programme"))
    with Database() as db:
        for name in ("determinations", "facts", "issues"):
            db.read(name, result.out / "private" / "relations")
        outcomes, reasons = dict(db.rows(_OUTCOMES)), dict(db.rows(_REASONS))
        unfunded = _unfunded(db, result.out) if "award" in programme.stages else None
        agreement = _agreement(db, programme.published_fact, programme.published_outcome)
        published = _published(db, programme.published_fact)
    inputs = result.manifest["inputs"]
    figures: dict[str, Any] = {
        "out": str(result.out),
        "programme": programme.key,
        "as_of": result.manifest["as_of"],
        "rows": sum(source["rows"] for source in inputs),
        "accepted": sum(source["accepted"] for source in inputs),
        "quarantined": sum(source["quarantined"] for source in inputs),
        "blank": sum(source.get("blank", 0) for source in inputs),
        "notes": reading_notes(inputs),
        "quarantine_reasons": reasons,
        "mend": result.manifest.get("mend", []),
        "outcomes": outcomes,
        "persons": _rows(result, "link", "persons"),
        "mentions": _rows(result, "intake", "person_records"),
        "overlaps": _rows(result, "link", "item_overlaps"),
        "fund": result.manifest["checks"].get("award", {}).get("fund"),
        "payments": result.manifest["checks"].get("pay"),
        "unfunded": unfunded,
        "letters": result.manifest["checks"].get("report", {}).get("letters", 0),
        "letters_unknown": result.manifest["checks"].get("report", {}).get("unknown", []),
        "lists": result.manifest["checks"].get("report", {}).get("lists", {"files": [], "left_out": 0}),
        "alarms": result.manifest["checks"].get("assess", {}).get("alarms", []),
        "published": published,
        "agreement": agreement,
        "seconds": {name: round(seconds, 2) for name, seconds in result.seconds.items()},
    }
    return RunSummary(out=result.out, figures=figures, text=tuple(_lines(result.out, figures, programme.currency)))


def reading_notes(inputs: list[dict[str, Any]]) -> list[str]:
    """Return how files were read that needed more than reading from the first line: titles, blank rows, sheets left unread.

    Examples
    --------
    >>> reading_notes([{"name": "a.xlsx", "blank": 2, "unread_sheets": ["Notes: it holds no table"]}])
    ['a.xlsx: 2 blank rows were passed over', 'a.xlsx: the sheet was not read: Notes: it holds no table']
    """
    notes = []
    for source in inputs:
        name = source["name"]
        if source.get("header_row"):
            above = " | ".join(text[:80] for text in source["passed_over"][:3])
            notes.append(f"{name}: the header is in row {source['header_row']}; passed over above it: {above}")
        if source.get("blank"):
            notes.append(f"{name}: {source['blank']:,} blank rows were passed over")
        notes += [f"{name}: {sentence}" for sentence in source.get("said", ())]
        notes += [f"{name}: the sheet was not read: {sheet}" for sheet in source.get("unread_sheets", ())]
    return notes


def _rows(result: RunResult, stage: str, relation: str) -> int | None:
    entry = result.manifest["stages"].get(stage, {}).get(relation)
    return entry["rows"] if entry else None


def _unfunded(db: Database, out: Path) -> int:
    db.read("awards", out / "private" / "relations")
    return int(db.value("SELECT count(*) FROM awards WHERE awarded_minor = 0"))


def _published(db: Database, fact: str) -> dict[str, int] | None:
    if not fact:
        return None
    return dict(db.rows(f'SELECT "{fact}", count(*) FROM facts GROUP BY 1 ORDER BY 1'))


def _agreement(db: Database, fact: str, published: dict[str, tuple[str, ...]]) -> dict[str, int] | None:
    if not fact:
        return None
    compared = [
        (items, status in published[outcome])
        for status, outcome, items in db.rows(_AGREEMENT.format(fact=f'"{fact}"'))
        if outcome in published
    ]
    return {"compared": sum(items for items, _ in compared), "agree": sum(items for items, same in compared if same)}


def _lines(out: Path, figures: dict[str, Any], currency: CurrencySpec) -> list[str]:
    lines = [
        "",
        f"{figures['programme']} as of {figures['as_of']}",
        f"  rows read: {figures['rows']:,} = {figures['accepted']:,} accepted + {figures['quarantined']:,} set aside with a reason",
    ]
    lines += [
        f"  {entry['name']}: corrections {entry['corrections']:,} = {entry['applied']:,} applied + {entry['unused']:,} not used"
        for entry in figures["mend"]
    ]
    lines += [f"    not used: {said}" for entry in figures["mend"] for said in entry["unused_at"][:10]]
    lines += [f"  {note}" for note in figures["notes"]]
    if figures["persons"] is not None:
        lines.append(f"  people: mentions {figures['mentions']:,}, different persons {figures['persons']:,}")
        lines.append(f"  possibly the same loss twice: {figures['overlaps']:,} pairs; the later claim is held for people to judge")
    outcomes = ", ".join(f"{outcome} {count:,}" for outcome, count in figures["outcomes"].items())
    lines.append(f"  proposed: {outcomes or 'nothing'}")
    if figures["outcomes"].get("incomplete"):
        lines.append("  incomplete means that a fact or a paper is missing: it is no refusal and does not expire")
    if figures["alarms"]:
        lines.append(f"  rules that matched no item, or more than 99 of 100: {len(figures['alarms'])}; the report names them")
    lines += _money_lines(figures, currency)
    if figures["agreement"]:
        agree, compared = figures["agreement"]["agree"], figures["agreement"]["compared"]
        share = f"{100 * agree / compared:.1f} %" if compared else "nothing to compare"
        lines.append(f"  agreement with the published decisions: {agree:,} of {compared:,} ({share})")
    lines += ["", f"  Report:   {out / 'report.html'}"]
    lists = figures["lists"]
    notes = {
        "determinations": f"  (XLSX for the committees: {len(lists['files']):,} files)",
        "mend": "  (what was set aside or doubted: fill in corrections and run again with --mend)",
        "letters": f"  ({figures['letters']:,} rendered; the text of every letter stands in its determination)",
        "payments": "  (proposals: pay nothing before the bodies have decided)",
    }
    for title, path in _PLACES:
        if (out / path).exists():
            lines.append(f"  {title:<9} {out / path}{notes.get(path.rpartition('/')[2], '')}")
    if lists["left_out"]:
        count = f"{lists['left_out']:,} determinations are more than 50,000"
        lines.append(f"  Lists for the committees were not written: {count}; another --out with --workbooks all writes them")
    lines += [f"  No claim has the reference {reference}: no letter was written for it" for reference in figures["letters_unknown"]]
    return [*lines, f"  Check it: aljabr verify {out}"]


def _money_lines(figures: dict[str, Any], currency: CurrencySpec) -> list[str]:
    lines, fund, paid = [], figures["fund"], figures["payments"]

    def money(minor: str) -> str:
        return f"{money_text(int(minor), exponent=currency.exponent)} {currency.code}"

    if fund:
        lines.append(
            f"  entitled: {money(fund['entitled_minor'])}; the fund {fund['fund']} has {money(fund['available_minor'])}, "
            f"keeps {money(fund['reserve_minor'])} in reserve and awards {money(fund['awarded_minor'])}"
        )
    if paid:
        instructed = ", ".join(f"{name} {entry['orders']:,} ({money(entry['minor'])})" for name, entry in paid.items())
        lines.append(f"  first instalment: {instructed}; granted but without money in this fund: {figures['unfunded']:,}")
    return lines

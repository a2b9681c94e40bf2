"""Says every determination in the words a committee works with: one row of text for each, in the order of its sources.

The list speaks the programme's first page language; its heads stand in Arabic and English, or in English alone. Nothing is decided
here and no file is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aljabr.names.places import resolve_place
from aljabr.programmes.records import DecisionTable, Programme
from aljabr.relations import Database
from aljabr.report import wording
from aljabr.report.letters import missing_names, spoken_basis
from aljabr.report.speaking import page_languages

# Column of the list, width in characters, kind. The heading is the word ``list_KEY`` of words.yaml.
COLUMNS: tuple[tuple[str, int, Literal["text", "count", "money"]], ...] = (
    ("reference", 22, "text"),
    ("claimant", 30, "text"),
    ("phone", 16, "text"),
    ("victim", 30, "text"),
    ("harm", 26, "text"),
    ("outcome", 16, "text"),
    ("ground", 46, "text"),
    ("missing", 50, "text"),
    ("amount", 20, "money"),
    ("currency", 9, "text"),
    ("held_with", 60, "text"),
    ("article", 46, "text"),
    ("body", 26, "text"),
    ("place", 14, "text"),
    ("tier", 14, "text"),
    ("rule", 30, "text"),
    ("rules", 60, "text"),
    ("unsigned", 40, "text"),
    ("source", 24, "text"),
    ("sheet", 16, "text"),
    ("row", 9, "count"),
    ("claim_id", 28, "text"),
    ("item_id", 28, "text"),
    ("determination_id", 28, "text"),
)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

# Both directions of a pair, so that the earlier claim's row names the later one too.
_MET = """
CREATE OR REPLACE TABLE _list_met AS
WITH pairs AS (
    SELECT item_id, other_item_id, kind, FALSE AS later FROM item_overlaps
    UNION ALL SELECT other_item_id, item_id, kind, TRUE FROM item_overlaps
)
SELECT x.item_id, list([x.kind, CASE WHEN x.later THEN 'later' ELSE 'earlier' END,
    coalesce(c.reference, c.claim_id, x.other_item_id), coalesce(p.full_name, '')] ORDER BY x.later, x.kind, x.other_item_id) AS met
FROM pairs x LEFT JOIN claim_items i ON i.item_id = x.other_item_id LEFT JOIN claims c ON c.claim_id = i.claim_id
LEFT JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
GROUP BY x.item_id
"""
_ROWS = """
SELECT c.reference, p.full_name, p.phone, v.full_name AS victim, d.harm, d.outcome, d.ground, d.missing_facts, d.amount_minor,
       d.currency, m.met, d.legal_basis, d.body, i.place, d.tier, d.rule_hits, coalesce(s.source, c.source) AS source, s.line,
       d.claim_id, d.item_id, d.determination_id
FROM determinations d
LEFT JOIN claims c USING (claim_id)
LEFT JOIN claim_items i USING (item_id)
LEFT JOIN source_records s ON s.record_id = c.record_id
LEFT JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
LEFT JOIN person_records v ON v.person_record_id = i.victim_person_record_id AND i.victim_person_record_id <> p.person_record_id
LEFT JOIN _list_met m USING (item_id)
WHERE coalesce(d.body, '') = $1
ORDER BY source, s.row, c.reference, d.item_id
LIMIT $2 OFFSET $3
"""
_BODIES = "SELECT coalesce(body, '') AS body, count(*) FROM determinations GROUP BY 1 ORDER BY 1"


@dataclass(frozen=True, kw_only=True)
class CommitteeList:
    """One list: the body it is for, which part of its rows, its language and title."""

    body: str
    part: int
    parts: int
    rows: int
    language: str
    title: str
    notice: str

    @property
    def stem(self) -> str:
        """The file's name without its ending; two bodies never share one."""
        body = "".join(sign if sign.isalnum() or sign in "_-" else f"~{ord(sign):x}" for sign in self.body) or "~no_body"
        return f"{body}-{self.part}" if self.parts > 1 else body


class ListVoice:
    """Speaks one programme's lists in one language; every distinct value is worded once."""

    def __init__(self, programme: Programme, language: str) -> None:
        self.language = language
        self._programme = programme
        self._labels = wording.programme_labels(programme)
        self._unsigned = {name for table in programme.tables if not _signed(programme, table) for name in (table.name, table.id)}
        self._outcome_table = programme.determination.get("outcome", "").partition(".")[0]
        self.label: Callable[[str | None], str] = cache(self._label)
        self.basis: Callable[[str | None], str] = cache(self._basis)
        self.missing: Callable[[str | None], str] = cache(self._missing)
        self.place: Callable[[str | None], str] = cache(self._place)
        self.rules: Callable[[str | None], tuple[str, str, str]] = cache(self._rules)

    def headings(self) -> list[str]:
        """Return the heads of the columns, with the English beside another language."""
        keys = [f"list_{key}" for key, _, _ in COLUMNS]
        own = [wording.say(key, self.language) for key in keys]
        return own if self.language == "en" else [f"{word} / {wording.say(key, 'en')}" for word, key in zip(own, keys, strict=True)]

    def outcome(self, code: str) -> str:
        """Return the word for an outcome."""
        return wording.outcome_word(self._labels, code, self.language)

    def met(self, pairs: list[list[str]] | None) -> str:
        """Return with whom an item may be the same loss: how, the other claim's reference and name, one in a line."""
        return "\n".join(
            f"{self._overlap(kind)} ({wording.say(f'list_{order}', self.language)}): {reference}" + (f" · {name}" if name else "")
            for kind, order, reference, name in pairs or ()
        )

    def _overlap(self, kind: str) -> str:
        key = f"overlap_{kind}"
        return wording.say(key, self.language) if key in wording.words() else self._label(kind)

    def _label(self, code: str | None) -> str:
        return wording.label(self._labels, code, self.language) if code else ""

    def _place(self, code: str | None) -> str:
        found = next(iter(resolve_place(code).places), None) if code else None
        return f"{found.name} ({code})" if found else code or ""

    def _basis(self, basis: str | None) -> str:
        return spoken_basis(basis, self.language, self._labels) if basis else ""

    def _missing(self, stated: str | None) -> str:
        return wording.say("list_semicolon", self.language).join(map(self._label, missing_names(stated)))

    def _rules(self, hits: str | None) -> tuple[str, str, str]:
        """Return the rule that gave the outcome, all rules hit, and the tables among them that no lawyer has signed."""
        found = [(str(hit["table"]), str(hit["rule"])) for hit in json.loads(hits or "[]")]
        deciding = [f"{table}/{rule}" for table, rule in found if table == self._outcome_table] or [
            f"{t}/{r}" for t, r in found[-1:]
        ]
        unsigned = dict.fromkeys(self._label(table) for table, _ in found if table in self._unsigned)
        comma = wording.say("list_comma", self.language)
        return ", ".join(deciding), ", ".join(f"{table}/{rule}" for table, rule in found), comma.join(unsigned)


def committee_lists(db: Database, programme: Programme, *, most: int) -> list[CommitteeList]:
    """Return the lists of a run: one for each deciding body, in parts of at most ``most`` rows.

    Parameters
    ----------
    db : Database
        With ``determinations``.
    programme : Programme
        Its bodies have titles, its languages say which the lists speak.
    most : int
        Rows in one file at most.
    """
    language = page_languages(programme.languages)[0]
    labels = wording.programme_labels(programme)
    found = []
    for body, rows in db.rows(_BODIES):
        named = wording.label(labels, body, language) if body else wording.say("list_no_body", language)
        parts = -(-rows // most)
        found += [
            CommitteeList(
                body=body,
                part=part + 1,
                parts=parts,
                rows=min(most, rows - part * most),
                language=language,
                title=named,
                notice=f"{named} · {wording.say('proposals', language)}",
            )
            for part in range(parts)
        ]
    return found


def list_rows(db: Database, programme: Programme, wanted: CommitteeList, *, most: int) -> Iterator[list[object]]:
    """Yield the rows of one list, values in the order of ``COLUMNS``; money in minor units.

    Parameters
    ----------
    db : Database
        With ``determinations``, ``claims``, ``claim_items``, ``source_records``, ``person_records`` and ``item_overlaps``.
    """
    voice = ListVoice(programme, wanted.language)
    db.execute(_MET)
    for row in db.dicts(_ROWS, [wanted.body, most, (wanted.part - 1) * most]):
        rule, rules, unsigned = voice.rules(row["rule_hits"])
        amount = row["amount_minor"] if row["outcome"] == "granted" or row["amount_minor"] else None
        file, sheet = _source(row["source"] or "")
        yield [
            row["reference"] or row["claim_id"],
            row["full_name"],
            row["phone"],
            row["victim"],
            voice.label(row["harm"]),
            voice.outcome(row["outcome"]),
            voice.label(row["ground"]),
            voice.missing(row["missing_facts"]),
            amount,
            None if amount is None else row["currency"],
            voice.met(row["met"]),
            voice.basis(row["legal_basis"]),
            voice.label(row["body"]),
            voice.place(row["place"]),
            voice.label(row["tier"]),
            rule,
            rules,
            unsigned,
            file,
            sheet,
            row["line"],
            row["claim_id"],
            row["item_id"],
            row["determination_id"],
        ]
    db.execute("DROP TABLE _list_met")


def _signed(programme: Programme, table: DecisionTable) -> bool:
    keys = (table.name, table.id, table.file, table.file.removesuffix(".dmn"))
    return any(programme.sign_off[key].state == "signed" for key in keys if key in programme.sign_off)


def _source(source: str) -> tuple[str, str]:
    """Return the file and the sheet of a source; a sheet is named after the last ``#`` of a workbook's name."""
    file, mark, sheet = source.rpartition("#")
    return (file, sheet) if mark and file.lower().endswith(_WORKBOOKS) else (source, "")

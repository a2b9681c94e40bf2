"""An amendment as a lawyer reads it: amounts by date, tables by rule and cell, bodies, procedure, sign-offs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.programmes import load_programme
from aljabr.programmes.comparing import EDITED, REMOVED, Change, compare
from aljabr.runs.comparing import diff_programmes

Edited = Callable[..., Path]
LAW = load_programme("IQ-LAW20")
# A third amendment, invented for this test.
AMENDMENT = """
      - from_on: 2030-01-01
        value: 6_000_000_000
        reference: {instrument: Law 57/2015, article: invented, state: unverified}
  - key: missing_grant_minor"""


def changes(folder: Path) -> tuple[Change, ...]:
    return compare(LAW, load_programme(folder))


def test_a_programme_differs_from_itself_in_nothing(edited: Edited) -> None:
    folder = edited("amounts/grants.yaml", "# Sums in fils", "# Sums, in fils")
    assert changes(folder) == ()
    assert diff_programmes("IQ-LAW20", str(folder)).lines()[-1].endswith("no difference")


def test_an_amendment_is_a_new_dated_value(edited: Edited) -> None:
    (change,) = changes(edited("amounts/grants.yaml", "\n  - key: missing_grant_minor", AMENDMENT))
    assert (change.part, change.where, change.kind) == ("amounts", "death_grant_minor from 2030-01-01", "added")
    assert change.now == "6,000,000,000 minor, Law 57/2015 invented (unverified)"
    assert change.remark == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "part", "where", "kind", "remark"),
    [
        (
            "amounts/grants.yaml",
            "value: 3_750_000_000",
            "value: 4_000_000_000",
            "amounts",
            "death_grant_minor from 2003-03-20",
            "changed",
            EDITED,
        ),
        (
            "amounts/grants.yaml",
            "selects_by: decided_on",
            "selects_by: incident_on",
            "amounts",
            "death_grant_minor, selects_by",
            "changed",
            "",
        ),
        ("tables/law20.dmn", "[50..75)", "[40..75)", "tables", "Tariff, rule tar_disability_50, disability_percent", "changed", ""),
        ("tables/law20.dmn", "rat_missing", "rat_lost", "tables", "Ratification, rule rat_lost", "added", ""),
        (
            "tables/law20.dmn",
            "<text>Law 57/2015 art. 1</text>",
            "<text>Law 57/2015 art. 2</text>",
            "tables",
            "Admissibility, rule adm_legal_person_early, (article)",
            "changed",
            "",
        ),
        (
            "programme.yaml",
            "principal: human_rights_commission",
            "principal: executive",
            "bodies",
            "body ninewa_sub_committee, seats",
            "changed",
            "",
        ),
        ("programme.yaml", "    days: 30", "    days: 60", "deadlines", "deadline appeal_days, days", "changed", ""),
        (
            "procedure.yaml",
            "outcomes: [granted, denied]",
            "outcomes: [granted]",
            "procedure",
            "step recommendation, outcomes",
            "changed",
            "",
        ),
        (
            "programme.yaml",
            "  Tariff: {state: open, why:",
            "  Tariff: {state: signed, by: N. N., on: 2026-01-01, why:",
            "sign_off",
            "Tariff",
            "changed",
            "",
        ),
        ("letters/en.yaml", "With respect,", "Yours,", "letters", "en, granted, body", "changed", ""),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_each_kind_of_change_is_told_where_it_is(
    edited: Edited, file: str, old: str, new: str, part: str, where: str, kind: str, remark: str
) -> None:
    found = {(change.part, change.where, change.kind, change.remark) for change in changes(edited(file, old, new))}
    assert (part, where, kind, remark) in found


def test_a_value_taken_out_is_remarked_upon(edited: Edited) -> None:
    text = (edited() / "amounts" / "grants.yaml").read_text(encoding="utf-8")
    first = text[text.index("      - from_on: 2003-03-20") : text.index("      - from_on: 2016-01-25")]
    assert [change.remark for change in changes(edited("amounts/grants.yaml", first, ""))] == [REMOVED]


def test_rules_in_another_order_are_a_difference(edited: Edited) -> None:
    text = (edited() / "tables" / "law20.dmn").read_text(encoding="utf-8")
    start, middle = text.index('<rule id="rat_property_central">'), text.index('<rule id="rat_missing">')
    end = text.index("</rule>", middle) + len("</rule>")
    swapped = text[middle:end] + "\n" + text[start:middle]
    (change,) = changes(edited("tables/law20.dmn", text[start:end], swapped))
    assert change.where == "Ratification, order of the rules"


def test_the_diff_is_printed_for_people_and_for_machines(edited: Edited) -> None:
    diff = diff_programmes("IQ-LAW20", str(edited("tables/law20.dmn", "[50..75)", "[40..75)")))
    assert diff.lines()[:4] == [
        "tables",
        "  ~ Tariff, rule tar_disability_50, disability_percent",
        "      was: [50..75)",
        "      now: [40..75)",
    ]
    assert json.loads(json.dumps(diff.to_dict()))["changes"][0]["now"] == "[40..75)"

"""The figures of the report, against the plan of the invented run in conftest.py."""

from __future__ import annotations

from datetime import date

from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report import collect_figures
from aljabr.report.figures import GroundFigure, MissingFigure, OverlapFigure, PersonFigure


def test_every_row_filed_is_followed_to_its_payment(run: Database, programme: Programme, as_of: date) -> None:
    figures = collect_figures(run, programme, as_of=as_of)
    assert [(step.key, step.claims) for step in figures.funnel] == [
        ("filed", 120),
        ("accepted", 114),
        ("determined", 114),
        ("granted", 85),
        ("funded", 85),
        ("ordered", 85),
    ]
    assert sum(source.accepted + source.quarantined for source in figures.sources) == 120


def test_money_is_conserved_between_entitled_awarded_and_gap(run: Database, programme: Programme, as_of: date) -> None:
    money = {(row.harm, row.granted): row for row in collect_figures(run, programme, as_of=as_of).money}
    assert money["death", True].entitled_minor == money["death", True].awarded_minor == 52 * 5_000_000_000
    assert money["property", True].entitled_minor == 30 * 18_250_000_500 + 3 * 7_500_000_000
    assert money["property", True].awarded_minor == 33 * 2_000_000_000
    assert money["property", True].gap_minor == 504_000_015_000
    assert money["property", False].claimed_minor == 15 * 20_000_000_000


def test_an_amount_nobody_stated_is_not_zero(run: Database, programme: Programme, as_of: date) -> None:
    money = {(row.harm, row.granted): row for row in collect_figures(run, programme, as_of=as_of).money}
    assert money["death", True].claimed_minor is None


def test_joined_mentions_and_held_pairs_are_counted(run: Database, programme: Programme, as_of: date) -> None:
    figures = collect_figures(run, programme, as_of=as_of)
    assert figures.persons == PersonFigure(mentions=114, persons=100, merged=14)  # mentions 100 to 114 are one person
    assert figures.overlaps == (OverlapFigure(kind="relatives", pairs=6, items=6, held=6),)


def test_reasons_name_the_place_of_the_first_case(run: Database, programme: Programme, as_of: date) -> None:
    issues = collect_figures(run, programme, as_of=as_of).issues
    assert [(issue.severity, issue.code, issue.rows, issue.line) for issue in issues] == [
        ("quarantine", "value.unknown", 4, 116),
        ("quarantine", "date.unreadable", 2, 120),
        ("doubt", "phone.unreadable", 14, 102),
    ]


def test_one_reason_in_two_files_is_listed_for_each_with_its_own_first_line(
    run: Database, programme: Programme, as_of: date
) -> None:
    run.execute("UPDATE issues SET source = 'office.csv' WHERE code = 'phone.unreadable' AND row > 110")
    doubts = [issue for issue in collect_figures(run, programme, as_of=as_of).issues if issue.severity == "doubt"]
    assert [(issue.source, issue.rows, issue.line) for issue in doubts] == [("field.xlsx", 10, 102), ("office.csv", 4, 112)]


def test_missing_things_and_grounds_are_counted_in_items(run: Database, programme: Programme, as_of: date) -> None:
    run.execute("UPDATE determinations SET missing_facts = '[\"has_death_certificate\"]' WHERE determination_id = 'det_095'")
    run.execute("UPDATE determinations SET missing_facts = NULL WHERE determination_id = 'det_096'")
    figures = collect_figures(run, programme, as_of=as_of)
    assert figures.missing == (
        MissingFigure(code="has_death_certificate", items=13),
        MissingFigure(code="has_mukhtar_statement", items=12),
        MissingFigure(code="", items=1),
    )
    assert figures.grounds == (
        GroundFigure(outcome="denied", ground="too_late", items=9),
        GroundFigure(outcome="held", ground="overlap", items=6),
    )


def test_instalments_are_listed_by_the_day_they_fall_due(run: Database, programme: Programme, as_of: date) -> None:
    first, second = collect_figures(run, programme, as_of=as_of).instalments
    assert (first.due_on, first.awards, first.orders, first.ordered_minor) == (date(2025, 7, 15), 85, 85, first.amount_minor)
    assert (second.due_on, second.awards, second.orders, second.ordered_minor) == (date(2026, 1, 15), 85, 0, 0)


def test_tables_without_a_signature_and_what_nobody_verified_are_named(run: Database, programme: Programme, as_of: date) -> None:
    figures = collect_figures(run, programme, as_of=as_of)
    assert [(table.table, table.signed) for table in figures.tables] == [("Admissibility", False), ("Outcome", True)]
    assert [(entry.key, entry.value, entry.unit) for entry in figures.unverified] == [
        ("death_grant_minor", 5_000_000_000, "minor"),
        ("appeal", 30, "days"),
    ]
    assert figures.unsigned_items == 114


def test_a_programme_of_three_stages_has_figures_without_the_others(db: Database, programme: Programme, as_of: date) -> None:
    short = programme.model_copy(update={"stages": ("intake", "assess", "report")})
    figures = collect_figures(db, short, as_of=as_of)
    assert [step.key for step in figures.funnel] == ["filed", "accepted", "determined", "granted"]
    assert figures.items == 0 and figures.instalments == () and figures.money == ()


def test_published_outcomes_are_compared_item_by_item(run: Database, programme: Programme, as_of: date) -> None:
    run.execute("ALTER TABLE facts ADD COLUMN published TEXT")
    run.execute(
        "UPDATE facts SET published = 'Paid' WHERE item_id IN (SELECT item_id FROM determinations WHERE outcome = 'granted')"
    )
    run.execute(
        "UPDATE facts SET published = 'Paid' WHERE item_id IN (SELECT item_id FROM determinations WHERE outcome = 'denied')"
    )
    published = {"granted": ("Paid", "Settled"), "denied": ("Refused",)}
    compared = programme.model_copy(update={"published_fact": "published", "published_outcome": published})
    found = collect_figures(run, compared, as_of=as_of).agreement
    assert [(row.published, row.outcome, row.items, row.agrees) for row in found] == [
        ("", "held", 6, None),
        ("", "incomplete", 14, None),
        ("Paid", "denied", 9, False),
        ("Paid", "granted", 85, True),
    ]

"""A check finds what makes no sense as law, and says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.errors import ExpressionRefused
from aljabr.feel import interpret
from aljabr.programmes import Finding, check, load_programme, programme_chain, shipped_programmes
from aljabr.programmes.bodies import majority
from aljabr.programmes.decisions import typed_chain
from aljabr.programmes.records import Body, Reference, Seat
from tests.programmes.conftest import TSA

Edited = Callable[..., Path]


# A row above that takes everything the rule for missing persons matches.
RATIFIED_BEFORE = (
    '<rule id="rat_anything">'
    + "<inputEntry><text>&quot;missing&quot;, &quot;injury&quot;</text></inputEntry><inputEntry><text>-</text></inputEntry>"
    + "<outputEntry><text>null</text></outputEntry>" * 2
    + '<annotationEntry><text>Law 20/2009 art. 5</text></annotationEntry></rule><rule id="rat_missing">'
)


def errors(findings: list[Finding]) -> list[str]:
    return [f"{finding.where}: {finding.what}" for finding in findings if finding.severity == "error"]


@pytest.mark.parametrize("name", [*shipped_programmes(), TSA], ids=str)
def test_nothing_in_a_shipped_programme_has_to_be_mended(name: str | Path) -> None:
    assert errors(check(load_programme(name))) == []


def test_tables_nobody_signed_are_open_and_no_errors() -> None:
    found = [finding for finding in check(load_programme("IQ-LAW20")) if "sign_off" in finding.where]
    assert len(found) == len(load_programme("IQ-LAW20").tables)
    assert {finding.severity for finding in found} == {"open"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("amounts/grants.yaml", "until_on: 2016-01-25", "until_on: 2016-02-01", "overlaps the one from 2016-01-25"),
        ("amounts/grants.yaml", "until_on: 2016-01-25", "until_on: 2015-12-31", "no value from 2015-12-31 to 2016-01-25"),
        ("amounts/grants.yaml", "until_on: 2016-01-25", "until_on: 2003-03-20", "ends on 2003-03-20"),
        (
            "amounts/grants.yaml",
            "{instrument: Law 20/2009, url:",
            "{instrument: Law 21, url:",
            "instrument 'Law 21' is not declared",
        ),
        ("amounts/property.yaml", "key: local_ceiling_minor", "key: ceiling_minor", "Nothing is called local_ceiling_minor"),
        ("programme.yaml", "  Tariff: {state: open", "  Tarif: {state: open", "The table has no sign-off entry"),
        ("programme.yaml", "  Tariff: {state: open", "  Tariff: {state: signed", "signed by nobody"),
        ("programme.yaml", '    statutory_exception: "Law 20/2009 art. 3 sets', '    #"', "executive appoints the majority"),
        ("programme.yaml", "runs_from: recommendation", "runs_from: assessment", "nothing is served then"),
        ("programme.yaml", "name: resident\n", "name: tribe\n", "name is that of a protected attribute"),
        ("programme.yaml", "may_claim: [spouse,", "may_claim: [cousin,", "may_claim names cousin"),
        ("programme.yaml", "  held_relatives: {en:", "  held_kin: {en:", "'held_relatives', which has no label"),
        ("programme.yaml", "tier: Priority.tier", "tier: Priority.rank", "No table gives 'Priority.rank'"),
        ("procedure.yaml", "body: police", "body: army", "The body 'army' is not declared"),
        ("procedure.yaml", "entry: court_form", "entry: court", "'court', which is no step"),
        ("letters/kmr.yaml", "  held:", "  hold:", "There is no letter for 'held'"),
        ("letters/en.yaml", "{amount}", "{sum}", "placeholder {sum} is not known"),
        ("letters/ckb.yaml", "      {missing}\n", "", "does not say {missing}"),
        ("funds/demo.yaml", "pays: [C]", "pays: [D]", "No tier of the fund pays awards of tier 'C'"),
        ("funds/demo.yaml", "[50, 50]", "[50, 40]", "add up to 90 percent"),
        ("cases/persons.yaml", "amount_minor: 5_000_000_000", "amount_minor: 4_000_000_000", "expects amount_minor = 4000000000"),
        ("cases/persons.yaml", "Outcome: out_granted", "Outcome: out_held_relatives", "expects the rule out_held_relatives"),
        (
            "cases/persons.yaml",
            "disability_percent: 0",
            "disability_percent: 1",
            "No worked case hits the rule tar_disability_none",
        ),
        ("tables/law20.dmn", "local_ceiling_minor</text>", "local_ceiling</text>", "local_ceiling"),
        (
            "tables/law20.dmn",
            "<annotationEntry><text>Law 57/2015 art. 1</text>",
            "<annotationEntry><text></text>",
            "cites no article",
        ),
        ("tables/law20.dmn", '"central_committee"', '"cabinet"', "The body 'cabinet' is not declared"),
    ],
)
def test_a_mistake_in_the_law_is_found(edited: Edited, file: str, old: str, new: str, says: str) -> None:
    found = errors(check(load_programme(edited(file, old, new))))
    assert any(says in line for line in found), found


# Cells of the tariff for disabilities, as the shipped table has them.
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[50..75)", "[50..75]", "tar_disability_50 both match harm = disability, disability_percent = 75; UNIQUE allows one rule"),
        ("[50..75)", "(50..75)", "No rule matches harm = disability, disability_percent = 50."),
        ("[50..75)", "[150..175)", "The rule tar_disability_50 matches nothing"),
        (
            '<rule id="rat_missing">',
            RATIFIED_BEFORE,
            "The rule rat_missing can never decide: rat_anything take everything it matches.",
        ),
        ("<text>disability_50_grant_minor</text>", "<text>4500000000</text>", "has the sum 4500000000 written into a cell"),
    ],
    ids=["overlap", "gap", "never", "unreachable", "written-sum"],
)
def test_a_contradiction_of_a_table_is_found_with_facts_that_show_it(edited: Edited, old: str, new: str, says: str) -> None:
    found = errors(check(load_programme(edited("tables/law20.dmn", old, new))))
    assert any(says in line for line in found), found


def test_a_counter_example_comes_with_facts_that_decide_it_again(edited: Edited) -> None:
    programme = load_programme(edited("tables/law20.dmn", "[50..75)", "[50..75]"))
    (finding,) = [finding for finding in check(programme) if finding.example]
    assert finding.example == {"harm": "disability", "disability_percent": 75}
    decided = {one.table.name: one for one in interpret(typed_chain(programme), finding.facts)}
    assert decided["Tariff"].conflict
    assert set(decided["Tariff"].hits) == {"tar_disability_75", "tar_disability_50"}


def test_a_programme_that_contradicts_itself_is_refused_at_load_with_the_same_words(edited: Edited) -> None:
    programme = load_programme(edited("tables/law20.dmn", "[50..75)", "[50..75]"))
    with pytest.raises(ExpressionRefused, match=r"law20\.dmn: table Tariff: The rules tar_disability_75 and tar_disability_50"):
        programme_chain(programme)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("programme.yaml", "principal: judiciary, state: verified}", "principal: ministry_of_justice}", None),
        (
            "programme.yaml",
            'ar: "وزارة الدفاع"}, principal: executive}',
            'ar: "وزارة الدفاع"}, principal: defence}',
            "The seat 'Ministry of Defence' is counted for defence; all ministries are one principal.",
        ),
        (
            "programme.yaml",
            'statutory_exception: "A court of law',
            '#: "A court of law',
            "judiciary appoints all its seats, and decides alone; no statutory exception is declared.",
        ),
        (
            "programme.yaml",
            "values: [house, shop, vehicle, farmland, contents]",
            "values: [sunni, yazidi]",
            "Its codes are those of a protected attribute.",
        ),
        ("programme.yaml", "name: resident\n", "name: kin_of_suspect\n", "Its name is that of a protected attribute."),
        ("procedure.yaml", "deadline: pay_within_days", "deadline: appeal_days", None),
        (
            "procedure.yaml",
            "    deadline: appeal_days",
            "    deadline: pay_within_days",
            "Its deadline pay_within_days runs from 'ratification', which does not come before it.",
        ),
        ("procedure.yaml", "outcomes: [received]", "entry: payment\n    outcomes: [received]", "It is entered after itself"),
        (
            "procedure.yaml",
            "outcomes: [form_issued]",
            "entry_outcomes: [lost]\n    outcomes: [form_issued]",
            "It is entered when 'filing' ends in lost, which it never does.",
        ),
        ("programme.yaml", "    days: 60", "    days: 0", "It has 0 days."),
    ],
)
def test_who_decides_what_is_asked_and_when_clocks_start_are_checked(
    edited: Edited, file: str, old: str, new: str, says: str | None
) -> None:
    found = errors(check(load_programme(edited(file, old, new))))
    assert any(says in line for line in found) if says else found == [], found


def test_ministries_under_several_names_are_one_majority() -> None:
    names = ("ministry_of_defence", "ministry_of_health", "cabinet", "judiciary", "bar_association")
    seats = tuple(Seat(name={"en": name}, principal=name) for name in names)
    assert majority(Body(key="panel", title={"en": "Panel"}, seats=seats, reference=Reference(instrument="law"))) == "executive"


def test_a_protected_attribute_is_not_counted_for_the_public(edited: Edited) -> None:
    folder = edited("programme.yaml", "name: resident\n", "name: sect\n    protected: true\n")
    edited_text = (folder / "programme.yaml").read_text(encoding="utf-8")
    (folder / "programme.yaml").write_text(edited_text + "\npublished_fact: sect\n", encoding="utf-8")
    assert "programme.yaml, published_fact: A protected attribute is counted for the public." in errors(
        check(load_programme(folder))
    )


def test_every_error_has_a_way_out(edited: Edited) -> None:
    folder = edited("programme.yaml", "  Tariff: {state: open", "  Tarif: {state: open")
    edited("letters/en.yaml", "{amount}", "{sum}")
    assert all(finding.way_out for finding in check(load_programme(folder)) if finding.severity != "note")


def test_a_protected_attribute_needs_a_legal_basis_only_when_a_table_reads_it(edited: Edited) -> None:
    folder = edited(
        "programme.yaml", "name: has_title_deed, type: boolean,", "name: has_title_deed, type: boolean, protected: true,"
    )
    assert any("protected attribute is used without a legal basis" in line for line in errors(check(load_programme(folder))))


def test_a_fact_nothing_reads_is_noted_unless_its_purpose_is_stated() -> None:
    notes = {finding.where for finding in check(load_programme("IQ-LAW20")) if finding.severity == "note"}
    assert not any("fact" in where for where in notes)


def test_mapping_targets_are_checked_against_those_given() -> None:
    programme = load_programme(TSA)
    targets = {field.to for mapping in programme.mappings for field in mapping.columns.values()} | {"language"}
    assert errors(check(programme, targets=targets)) == []
    assert any("item.place is no target" in line for line in errors(check(programme, targets=targets - {"item.place"})))


def test_an_evaluator_that_disagrees_with_the_interpreter_is_found() -> None:
    programme = load_programme(TSA)

    def generous(_programme: object, _facts: object) -> dict[str, object]:
        return {"outcome": "granted", "ground": "small_claim", "amount_minor": 1, "tier": None, "body": None}

    found = errors(check(programme, recompute=generous))
    assert "cases, laptop: The rules say outcome = 'granted', the interpreter 'denied'." in found

"""The DMN Technology Compatibility Kit: what the interpreter reaches, and how cases are judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from aljabr.errors import UsageError
from aljabr.runs.conformance import agrees, run_kit

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="k" name="k">
<inputData id="_n" name="n"><variable name="n" typeRef="number"/></inputData>
<decision id="_d" name="d"><variable name="d"/>
<informationRequirement><requiredInput href="#_n"/></informationRequirement>
<literalExpression><text>n / 3</text></literalExpression></decision>
<decision id="_e" name="e"><variable name="e"/><literalExpression><text>1 +* 2</text></literalExpression></decision>
</definitions>"""
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>k.dmn</modelName>{cases}</testCases>"""
NUMBER = '<value xsi:type="xsd:decimal">{}</value>'


def case(name: str, result: str, number: str = "1", error: str = "false") -> str:
    return (
        f'<testCase id="{name}"><inputNode name="n">{NUMBER.format(number)}</inputNode>'
        f'<resultNode name="{name}" errorResult="{error}"><expected>{result}</expected></resultNode></testCase>'
    )


NIL = '<value xsi:nil="true"/>'


@pytest.fixture
def kit(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes one group with the given cases."""

    def write(*cases: str) -> Path:
        group = tmp_path / "0001-group"
        group.mkdir(exist_ok=True)
        (group / "k.dmn").write_text(MODEL, encoding="utf-8")
        (group / "k-test-01.xml").write_text(CASES.format(cases="".join(cases)), encoding="utf-8")
        return tmp_path

    return write


def counted(folder: Path) -> tuple[int, int, int]:
    counts = run_kit(folder).counts()["interpreter"]
    return counts["passed"], counts["refused"], counts["wrong"]


def test_a_case_passes_is_refused_or_is_wrong(kit: Callable[..., Path]) -> None:
    assert counted(kit(case("d", NUMBER.format("0.33333333")))) == (1, 0, 0)
    assert counted(kit(case("d", NUMBER.format("0.33")))) == (0, 0, 1)
    assert counted(kit(case("d", NIL))) == (0, 0, 1)
    assert counted(kit(case("e", NIL))) == (0, 1, 0)
    assert counted(kit(case("e", NIL, error="true"))) == (1, 0, 0)
    assert counted(kit(case("nothing", NIL))) == (0, 1, 0)


def test_broken_files_refuse_their_cases_and_stop_nothing(kit: Callable[..., Path]) -> None:
    folder = kit(case("d", NUMBER.format("2"), number="6"), case("d", NUMBER.format("3"), number="9"))
    (folder / "0001-group" / "broken.xml").write_text("<testCases", encoding="utf-8")
    assert counted(folder) == (2, 1, 0)
    (folder / "0001-group" / "k.dmn").write_text("<definitions", encoding="utf-8")
    result = run_kit(folder)
    assert result.counts()["interpreter"] == {"cases": 3, "passed": 0, "refused": 3, "wrong": 0}
    assert json.loads(json.dumps(result.to_dict()))["groups"]["0001-group"]["interpreter"]["refused"] == 3


def test_a_folder_without_models_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run_kit(tmp_path)


def test_only_the_kits_floats_are_met_with_a_tolerance() -> None:
    assert agrees(Decimal("562.707359373292"), Decimal("562.7073593732659271562143285576524"))
    assert not agrees(Decimal("562.7073"), Decimal("562.70735"))
    assert not agrees([Decimal(1)], Decimal(1))
    assert not agrees({"a": None}, {"a": None, "b": None})


def test_the_interpreter_conforms(test_data: Callable[[str], Path]) -> None:
    """Level 2 in full; of level 3 all but the 18 cases of group 0076, which ask for functions in Java."""
    level_2 = run_kit(test_data("dmn-tck") / "TestCases" / "compliance-level-2").counts()["interpreter"]
    assert level_2 == {"cases": 116, "passed": 116, "refused": 0, "wrong": 0}
    level_3 = run_kit(test_data("dmn-tck") / "TestCases" / "compliance-level-3")
    counts = level_3.counts()["interpreter"]
    assert counts["wrong"] == 0
    assert counts["passed"] >= 0.99 * counts["cases"]
    assert {one.group for one in level_3.verdicts if one.evaluator == "interpreter" and one.outcome == "refused"} == {
        "0076-feel-external-java"
    }

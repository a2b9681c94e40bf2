"""The decision tables of the DMN Technology Compatibility Kit: what is understood comes out right, on both ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.rules.tck import run


def table_models(folder: Path) -> list[Path]:
    return [model for model in sorted(folder.glob("*/*.dmn")) if b"decisionTable" in model.read_bytes()]


def test_level_2_tables_pass_and_none_is_wrong(test_data: Callable[[str], Path]) -> None:
    models = table_models(test_data("dmn-tck") / "TestCases" / "compliance-level-2")
    counted = run(models)
    assert len(models) == 17
    assert dict(counted["interpreter"]) == dict(counted["set"]) == {"passed": 51}


def test_level_3_tables_are_right_or_refused(test_data: Callable[[str], Path]) -> None:
    counted = run(table_models(test_data("dmn-tck") / "TestCases" / "compliance-level-3"))
    assert counted["interpreter"]["wrong"] == counted["set"]["wrong"] == 0

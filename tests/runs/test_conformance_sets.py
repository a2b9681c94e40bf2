"""The set evaluator on the DMN Technology Compatibility Kit: right or refused, never wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.runs.conformance import run_kit

# Groups of level 3 with inputs, so that a plan really meets facts it did not know; cases that pass of those there are.
WITH_INPUTS = {
    "0001-filter": (1, 1),
    "0003-iteration": (1, 1),
    "0004-lending": (1, 1),
    "0005-literal-invocation": (3, 3),
    "0006-join": (1, 1),
    "0016-some-every": (3, 3),
    "0017-tableTests": (4, 4),
    "0020-vacation-days": (7, 7),
    "0032-conditionals": (6, 6),
    "0040-singlenestedcontext": (3, 3),
    "0041-multiple-nestedcontext": (3, 3),
    "0087-chapter-11-example": (8, 8),
}


def test_level_2_passes_whole_in_sets(test_data: Callable[[str], Path]) -> None:
    counts = run_kit(test_data("dmn-tck") / "TestCases" / "compliance-level-2").counts()["set"]
    assert counts == {"cases": 116, "passed": 116, "refused": 0, "wrong": 0}


@pytest.mark.parametrize("group", WITH_INPUTS)
def test_groups_with_inputs_pass_in_sets(test_data: Callable[[str], Path], group: str) -> None:
    counts = run_kit(test_data("dmn-tck") / "TestCases" / "compliance-level-3" / group).counts()["set"]
    passed, cases = WITH_INPUTS[group]
    assert (counts["passed"], counts["cases"], counts["wrong"]) == (passed, cases, 0)

"""Declared types: what conforms, what is converted, what becomes null (DMN 1.5, clauses 7.3.2 and 10.3.2.9)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aljabr.feel.dynamic import passes_tests
from aljabr.feel.dynamic.types import Types, coerced, conforms, is_instance
from aljabr.feel.dynamic.values import Clock, Day, Moment, Zone
from aljabr.feel.models import ItemDefinition, Model

DEFINITIONS = [
    ItemDefinition(name="tDirection", type_ref="string", allowed='"left", "right"'),
    ItemDefinition(name="tSide", type_ref="tDirection"),
    ItemDefinition(name="tUp", type_ref="tDirection", allowed='"up"'),
    ItemDefinition(name="tTeens", type_ref="number", allowed="[13..19]", collection=True),
    ItemDefinition(name="tFew", type_ref="number", collection=True, constraint="count(?) <= 2"),
    ItemDefinition(
        name="tPerson",
        components=(ItemDefinition(name="name", type_ref="string"), ItemDefinition(name="ages", type_ref="tTeens")),
    ),
    ItemDefinition(name="tTree", components=(ItemDefinition(name="child", type_ref="tTree"),)),
]
TYPES = Types(
    Model(file="m.dmn", name="m", namespace="m", types={definition.name: definition for definition in DEFINITIONS}),
    lambda tests, value: passes_tests(tests, value) is True,
)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("tDirection", "left", True),
        ("tDirection", "up", False),
        ("tSide", "up", False),  # allowed values of the type it is based on hold …
        ("tUp", "up", True),  # … unless it has its own
        ("tUp", "left", False),
        ("tTeens", [Decimal(13), Decimal(19)], True),
        ("tTeens", [Decimal(13), Decimal(20)], False),
        ("tFew", [Decimal(1), Decimal(2)], True),
        ("tFew", [Decimal(1)] * 3, False),
        ("tPerson", {"name": "n", "ages": [Decimal(14)], "more": 1}, True),
        ("tPerson", {"name": "n"}, False),
        ("tPerson", {"name": None, "ages": None}, True),
        ("tTree", {"child": {"child": None}}, True),
        ("number", True, False),
        ("Any", "x", True),
    ],
)
def test_a_value_conforms_to_its_declared_type_or_not(name: str, value: object, expected: bool) -> None:
    wanted = TYPES.named(name)
    assert wanted is not None
    assert conforms(value, wanted) is expected


def test_what_does_not_conform_is_converted_or_null() -> None:
    assert coerced([Decimal(1)], TYPES.named("number")) == Decimal(1)
    assert coerced(Decimal(14), TYPES.named("tTeens")) == [Decimal(14)]
    assert coerced(Decimal(20), TYPES.named("tTeens")) is None
    assert coerced(Day(2000, 1, 2), TYPES.named("dateTime")) == Moment(Day(2000, 1, 2), Clock(0, 0, 0, 0, Zone()))
    assert coerced("x", TYPES.named("number")) is None
    assert coerced("x", TYPES.named("tUnknown")) == "x"


def test_instance_of_does_not_ask_for_allowed_values() -> None:
    wanted = TYPES.named("tDirection")
    assert wanted is not None and is_instance("up", wanted)
    assert not is_instance(None, wanted)

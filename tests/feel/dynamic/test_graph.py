"""Whole models: every boxed expression, hit policies, requirements, knowledge models, services (DMN 1.5, clauses 6, 7, 8, 10.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aljabr.errors import ExpressionRefused
from aljabr.feel.boxed import (
    Boxed,
    Conditional,
    Context,
    Entry,
    Filter,
    Function,
    InputColumn,
    Invocation,
    Items,
    Iteration,
    Literal,
    OutputColumn,
    Parameter,
    Relation,
    Row,
    Table,
)
from aljabr.feel.dynamic import decide
from aljabr.feel.models import Decision, DecisionService, InputData, KnowledgeModel, Model, Reference


def ref(name: str) -> Reference:
    return Reference(namespace="m", id=name)


def text(content: str, type_ref: str = "") -> Literal:
    return Literal(text=content, type_ref=type_ref)


def model(*elements: Any) -> Model:
    return Model(file="m.dmn", name="m", namespace="m", elements={element.reference: element for element in elements})


def value_of(logic: Boxed, **inputs: Any) -> Any:
    """Decide one decision that requires inputs of the given names."""
    data = [InputData(reference=ref(name), name=name) for name in inputs]
    asked = Decision(reference=ref("asked"), name="asked", logic=logic, requires=tuple(one.reference for one in data))
    return decide(model(asked, *data), "asked", {ref(name): value for name, value in inputs.items()})


def table(policy: str, *rows: tuple[str, ...], aggregation: str = "", **output: str) -> Table:
    return Table(
        inputs=(InputColumn(expression="n"),),
        outputs=(OutputColumn(**output),),
        rows=tuple(Row(id=str(place), tests=row[:1], outputs=row[1:]) for place, row in enumerate(rows)),
        hit_policy=policy,
        aggregation=aggregation,
    )


ROWS = (("> 0", '"low"'), ("> 5", '"high"'), ("> 5", '"high"'))


@pytest.mark.parametrize(
    ("policy", "n", "expected"),
    [
        ("UNIQUE", 3, "low"),
        ("UNIQUE", 7, None),
        ("ANY", 7, None),
        ("FIRST", 7, "low"),
        ("PRIORITY", 7, "high"),
        ("RULE ORDER", 7, ["low", "high", "high"]),
        ("OUTPUT ORDER", 7, ["high", "high", "low"]),
        ("COLLECT", 7, ["low", "high", "high"]),
        ("FIRST", -1, None),
        ("COLLECT", -1, []),
    ],
)
def test_hit_policies(policy: str, n: int, expected: object) -> None:
    assert value_of(table(policy, *ROWS, values='"high", "low"'), n=Decimal(n)) == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", Decimal(6)), ("MIN", Decimal(1)), ("MAX", Decimal(3)), ("COUNT", Decimal(3))]
)
def test_aggregations(aggregation: str, expected: Decimal) -> None:
    asked = table("COLLECT", ("> 0", "1"), ("> 1", "2"), ("> 2", "3"), aggregation=aggregation)
    assert value_of(asked, n=Decimal(9)) == expected


def test_a_table_keeps_to_its_declared_values_and_its_default() -> None:
    assert value_of(table("UNIQUE", ("1", '"other"'), values='"a"'), n=Decimal(1)) is None
    assert value_of(table("UNIQUE", ("1", '"a"'), default='"none"'), n=Decimal(2)) == "none"
    declared = Table(
        inputs=(InputColumn(expression="n", values="[1..5]"),),
        outputs=(OutputColumn(name="x"), OutputColumn(name="y", type_ref="number")),
        rows=(Row(id="1", tests=("null",), outputs=('"outside"', '"no number"')),),
    )
    assert value_of(declared, n=Decimal(9)) == {"x": "outside", "y": None}


BOXES: list[tuple[Boxed, object]] = [
    (Context(entries=(Entry(name="a b", logic=text("n + 1")), Entry(name="", logic=text("a b * 2")))), Decimal(6)),
    (Context(entries=(Entry(name="a", logic=text("1")), Entry(name="b", logic=None))), {"a": Decimal(1), "b": None}),
    (Conditional(condition=text("n > 1"), consequent=text('"yes"'), alternative=text('"no"')), "yes"),
    (Items(items=(text("n"), text("n + 1"))), [Decimal(2), Decimal(3)]),
    (
        Relation(columns=(Parameter(name="p q"), Parameter(name="r")), rows=((text("1"), text("n")),)),
        [{"p q": Decimal(1), "r": Decimal(2)}],
    ),
    (Filter(source=text("[1, 2, 3]"), match=text("item >= n")), [Decimal(2), Decimal(3)]),
    (Iteration(kind="for", variable="my i", source=text("[1, 2]"), body=text("my i * n")), [Decimal(2), Decimal(4)]),
    (Iteration(kind="some", variable="i", source=text("[1, 2]"), body=text("i = n")), True),
    (Iteration(kind="every", variable="i", source=text("[1, 2]"), body=text("i = n")), False),
    (
        Invocation(
            callee=Function(parameters=(Parameter(name="x", type_ref="number"),), body=text("x + n")),
            bindings=(Entry(name="x", logic=text("40")),),
        ),
        Decimal(42),
    ),
    (text('"a"', "number"), None),
    (text("[1]", "number"), Decimal(1)),
]


@pytest.mark.parametrize(("logic", "expected"), BOXES, ids=lambda part: type(part).__name__)
def test_boxed_expressions(logic: Boxed, expected: object) -> None:
    assert value_of(logic, n=Decimal(2)) == expected


def test_a_knowledge_model_may_call_itself_and_what_it_requires() -> None:
    double = KnowledgeModel(
        reference=ref("double"), name="double", function=Function(parameters=(Parameter(name="x"),), body=text("x * 2"))
    )
    powers = KnowledgeModel(
        reference=ref("powers"),
        name="power of two",
        function=Function(parameters=(Parameter(name="n"),), body=text("if n = 0 then 1 else double(power of two(n - 1))")),
        knows=(ref("double"),),
    )
    asked = Decision(reference=ref("d"), name="d", logic=text("power of two(10)"), knows=(ref("powers"),))
    assert decide(model(asked, powers, double), "d", {}) == 1024
    assert decide(model(asked, powers, double), "double", {Reference(namespace="", id="x"): Decimal(4)}) == 8


def test_a_service_takes_input_data_then_input_decisions_and_leaves_the_rest_untouched() -> None:
    data = InputData(reference=ref("i"), name="i", type_ref="string")
    inner = Decision(reference=ref("inner"), name="inner", logic=text('"inside"'))
    output = Decision(reference=ref("out"), name="out", logic=text('i + " " + inner'), requires=(ref("i"), ref("inner")))
    service = DecisionService(
        reference=ref("s"), name="s", outputs=(ref("out"),), input_data=(ref("i"),), input_decisions=(ref("inner"),)
    )
    asked = Decision(reference=ref("d"), name="d", logic=text('[s("a", "b"), inner]'), requires=(ref("inner"),), knows=(ref("s"),))
    whole = model(data, inner, output, service, asked)
    assert decide(whole, "d", {}) == ["a b", "inside"]
    assert decide(whole, "s", {ref("i"): "a", ref("inner"): "b"}) == "a b"
    assert decide(whole, "out", {ref("i"): "a"}) == "a inside"


def test_what_cannot_be_decided_is_refused_with_a_reason() -> None:
    circle = Decision(reference=ref("d"), name="d", logic=text("d"), requires=(ref("d"),))
    lost = Decision(reference=ref("l"), name="l", logic=text("1"), requires=(ref("nowhere"),))
    java = KnowledgeModel(reference=ref("j"), name="j", function=Function(parameters=(), body=text("1"), kind="Java"))
    calls = Decision(reference=ref("c"), name="c", logic=text("j()"), knows=(ref("j"),))
    whole = model(circle, lost, java, calls)
    for name, why in {"d": "requires itself", "l": "not there", "c": "another program", "x": "no decision"}.items():
        with pytest.raises(ExpressionRefused, match=why):
            decide(whole, name, {})

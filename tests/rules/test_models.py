"""Whole models as one query: what is inlined, what is refused and why, what the query looks like."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aljabr.errors import CheckFailed, ExpressionRefused
from aljabr.feel import boxed
from aljabr.feel.dynamic import decide as decide_at_once
from aljabr.feel.dynamic import literal_of
from aljabr.feel.models import Decision, Element, InputData, KnowledgeModel, Model, Reference
from aljabr.feel.static.models import static_model
from aljabr.relations import Database
from aljabr.rules.models import compile_model, decide, given_out
from tests.rules.random_models import facts_of, model_of


def reference(name: str) -> Reference:
    return Reference(namespace="m", id=name)


def model(*elements: Element) -> Model:
    return Model(file="m.dmn", name="m", namespace="m", elements={one.reference: one for one in elements})


def number(name: str) -> InputData:
    return InputData(reference=reference(name), name=name, type_ref="number")


def decision(name: str, logic: str | boxed.Boxed, *needs: str, knows: tuple[str, ...] = (), type_ref: str = "") -> Decision:
    written = boxed.Literal(text=logic) if isinstance(logic, str) else logic
    return Decision(
        reference=reference(name),
        name=name,
        type_ref=type_ref,
        logic=written,
        requires=tuple(map(reference, needs)),
        knows=tuple(map(reference, knows)),
    )


def answer(whole: Model, name: str, **facts: Any) -> Any:
    plan = static_model(whole)
    given = {reference(key): value for key, value in facts.items()}
    with Database() as db:
        found = decide(db, plan, {name: plan.decisions[reference(name)]}, [given])[0][name]
    assert found == decide_at_once(whole, name, given)
    return found


def refusal(text: str) -> str:
    plan = static_model(model_of(text))
    with pytest.raises(ExpressionRefused) as refused:
        compile_model(plan, list(plan.decisions.values()))
    return str(refused.value)


def test_decisions_are_decided_after_those_they_require() -> None:
    whole = model(decision("last", "first * 2", "first"), decision("first", "n + 1", "n"), number("n"))
    assert answer(whole, "last", n=Decimal("2.5")) == 7


def test_knowledge_models_are_inlined_and_may_not_call_themselves() -> None:
    body = boxed.Function(
        parameters=(boxed.Parameter(name="x", type_ref="number"),), body=boxed.Literal(text="if x > 9 then x else x * 10")
    )
    tenfold = KnowledgeModel(reference=reference("tenfold"), name="tenfold", function=body)
    asked = decision("asked", "tenfold(x: tenfold(n))", "n", knows=("tenfold",))
    assert answer(model(number("n"), tenfold, asked), "asked", n=Decimal(4)) == 40
    endless = boxed.Function(parameters=(boxed.Parameter(name="x"),), body=boxed.Literal(text="again(x)"))
    again = KnowledgeModel(reference=reference("again"), name="again", function=endless, knows=(reference("again"),))
    plan = static_model(model(number("n"), again, decision("asked", "again(n)", "n", knows=("again",))))
    with pytest.raises(ExpressionRefused, match="calls itself"):
        compile_model(plan, [plan.decisions[reference("asked")]])


def test_a_table_in_a_context_in_a_model_is_one_query() -> None:
    rows = (boxed.Row(id="r1", tests=("> 10",), outputs=('"much"',)), boxed.Row(id="r2", tests=("> 0",), outputs=('"some"',)))
    table = boxed.Table(
        inputs=(boxed.InputColumn(expression="twice"),),
        outputs=(boxed.OutputColumn(default='"none"'),),
        rows=rows,
        hit_policy="FIRST",
    )
    entries = (boxed.Entry(name="twice", logic=boxed.Literal(text="n * 2")), boxed.Entry(name="level", logic=table))
    whole = model(number("n"), decision("asked", boxed.Context(entries=entries), "n"))
    assert answer(whole, "asked", n=Decimal(6)) == {"twice": 12, "level": "much"}
    assert answer(whole, "asked", n=Decimal(0)) == {"twice": 0, "level": "none"}
    assert answer(whole, "asked") == {"twice": None, "level": "none"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('a + "x"', "+ has no meaning for number and string"),
        ('a = "x"', "A number is compared (=) with a string"),
        ("if a then 1 else 2", "not true or false"),
        ("matches(s, t)", "matches() over facts has no plan"),
        ("now() = m", "another value every time"),
        ("nobody + a", "Nothing is called nobody"),
        ("decimal(a ** b, 2)", "not exact"),
        ("a / b = 1", "not exact is compared (=)"),
        ('if p then 1 else "x"', "One result is a number, another a string"),
        ("for i in 1..a return i", "not known at load"),
        ("r.nothing", "no entry nothing"),
        ("function(x) x", "The result is a function"),
    ],
    ids=lambda value: value[:30],
)
def test_what_has_no_plan_is_refused_with_decision_and_reason(text: str, why: str) -> None:
    said = refusal(text)
    assert why in said
    assert said.startswith("decision asked: ") or text.startswith("function")


def test_a_refused_cell_is_named_with_its_rule() -> None:
    row = boxed.Row(id="r7", tests=('"many"',), outputs=("1",))
    table = boxed.Table(inputs=(boxed.InputColumn(expression="n"),), outputs=(boxed.OutputColumn(),), rows=(row,))
    plan = static_model(model(number("n"), decision("asked", table, "n")))
    with pytest.raises(ExpressionRefused) as refused:
        compile_model(plan, [plan.decisions[reference("asked")]])
    assert str(refused.value).startswith(
        "decision asked: rule r7, input n, cell '\"many\"': A number is compared (=) with a string."
    )


def test_a_refused_decision_leaves_the_others() -> None:
    whole = model(number("n"), decision("good", "n + 1", "n"), decision("bad", 'n + "x"', "n"), decision("worse", "bad", "bad"))
    assert answer(whole, "good", n=Decimal(1)) == 2
    plan = static_model(whole)
    with pytest.raises(ExpressionRefused, match="decision bad"):
        compile_model(plan, [plan.decisions[reference("worse")]])


def test_values_a_plan_cannot_hold_are_refused_and_too_many_digits_stop() -> None:
    plan = static_model(model_of("m"))
    shapes = {"asked": next(iter(plan.decisions.values()))}
    with Database() as db, pytest.raises(ExpressionRefused, match="no plan can hold"):
        decide(db, plan, shapes, [facts_of({"m": literal_of("2020-01-01T00:00:00Z")})])
    cubed = static_model(model_of("a * a * a"))
    with Database() as db, pytest.raises(CheckFailed):
        decide(db, cubed, {"asked": next(iter(cubed.decisions.values()))}, [facts_of({"a": Decimal("123456789012.345671")})])


def test_inexact_numbers_are_given_out_without_the_roundings_own_tail() -> None:
    assert given_out(0.1 + 0.2) == Decimal("0.3")
    assert given_out(2 / 3) == Decimal("0.666666666666667")


def test_a_small_model_compiles_to_this() -> None:
    plan = static_model(model(number("n"), decision("asked", "if n > 1 then n else 0", "n")))
    assert compile_model(plan, list(plan.decisions.values())).sql() == (
        'SELECT "row", CAST((CAST("l2" AS DECIMAL(38, 0)) * CAST(\'0.000001\' AS DECIMAL(6, 6))) AS DECIMAL(38, 6)) AS "v0" FROM '
        '(SELECT "row", "f0", "l1", CASE WHEN "l1" THEN "f0" ELSE CAST(\'0\' AS INT128) END AS "l2" FROM '
        '(SELECT "row", "f0", ("f0" > CAST(\'1000000\' AS INT128)) AS "l1" FROM '
        '(SELECT "row", CAST(("f0" * 1000000) AS INT128) AS "f0" FROM "facts") AS below) AS below) AS below ORDER BY "row"'
    )

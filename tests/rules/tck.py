"""Reads the cases of the DMN Technology Compatibility Kit and runs them on the interpreter and on the compiled plan.

A model counts when it is read and typed; one that is outside the grammar is refused as a whole, with all its cases.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from aljabr.errors import AljabrError
from aljabr.feel import Chain, Type, check_chain, interpret, named_type
from aljabr.programmes.dmn import read_tables
from aljabr.relations import Database
from aljabr.rules import compile_chain

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
KINDS = {"string": "TEXT", "number": "DECIMAL(38, 6)", "boolean": "BOOLEAN", "date": "DATE"}


def run(models: list[Path]) -> dict[str, Counter[str]]:
    """Count cases passed, refused and wrong, for the interpreter and for the plan."""
    counted = {"interpreter": Counter[str](), "set": Counter[str]()}
    for model in models:
        cases = [case for file in sorted(model.parent.glob("*test*.xml")) for case in read_cases(file)]
        try:
            chain = check_chain(read_tables(model), inputs(model))
        except AljabrError:
            for counts in counted.values():
                counts["refused"] += len(cases)
            continue
        for facts, expected in cases:
            for way, decide in (("interpreter", by_interpreter), ("set", by_plan)):
                counted[way][verdict(decide(chain, facts), expected)] += 1
    return counted


def verdict(decided: dict[str, Any], expected: dict[str, Any]) -> str:
    """Passed when every expected decision comes out as expected."""
    return "passed" if all(decided.get(name) == value for name, value in expected.items()) else "wrong"


def inputs(model: Path) -> dict[str, Type]:
    """The input data of a model that are of a type of ours."""
    found = {}
    for node in etree.parse(model).iter("{*}inputData"):
        for variable in node.iter("{*}variable"):
            if kind := named_type((variable.get("typeRef") or "").rpartition(":")[2]):
                found[node.get("name", "")] = kind
    return found


def read_cases(file: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The facts and the expected results of each case of a file."""
    for case in etree.parse(file).iter("{*}testCase"):
        facts = {node.get("name", ""): content(node) for node in case.findall("{*}inputNode")}
        results = {
            node.get("name", ""): content(expected)
            for node in case.iter("{*}resultNode")
            for expected in node.findall("{*}expected")
        }
        yield facts, results


def content(node: Any) -> Any:
    """A value, a list or a context."""
    for part in node.iterchildren("{*}*"):
        match etree.QName(part).localname:
            case "list":
                return [content(item) for item in part.findall("{*}item")]
            case "component":
                return {component.get("name"): content(component) for component in node.findall("{*}component")}
            case "value":
                return scalar(part)
    return None


def scalar(value: Any) -> Any:
    """A value of an XML Schema type."""
    text = value.text or ""
    if value.get(f"{XSI}nil") == "true":
        return None
    match value.get(f"{XSI}type", "xsd:string").split(":")[1]:
        case "boolean":
            return text == "true"
        case "decimal" | "double" | "integer" | "int":
            return Decimal(text)
        case "date":
            return date.fromisoformat(text)
    return text


def gathered(chain: Chain, values: dict[str, Any]) -> dict[str, Any]:
    """Outputs put together as TCK names them: a decision with several outputs is a context."""
    found: dict[str, Any] = {}
    for table in chain.tables:
        prefix = f"{table.name}."
        parts = {name.removeprefix(prefix): values[name] for name in table.variables if name.startswith(prefix)}
        found[table.name] = parts or values[table.name]
    return found


def by_interpreter(chain: Chain, facts: dict[str, Any]) -> dict[str, Any]:
    """Decide by the interpreter."""
    values: dict[str, Any] = {}
    for decision in interpret(chain, facts):
        outputs = [name.removeprefix(f"{decision.table.name}.") for name in decision.table.outputs]
        for name, value in decision.values.items():
            rows = isinstance(value, tuple)
            values[name] = [row[0] if len(row) == 1 else dict(zip(outputs, row, strict=True)) for row in value] if rows else value  # type: ignore[union-attr]
    return gathered(chain, values)


def by_plan(chain: Chain, facts: dict[str, Any]) -> dict[str, Any]:
    """Decide by the compiled plan."""
    with Database() as db:
        names = list(chain.facts)
        columns = ["id TEXT", *(f'"{name}" {KINDS[chain.inputs[name].kind]}' for name in names)]
        db.execute(f"CREATE TABLE facts ({', '.join(columns)})")
        values = [str(value) if isinstance(value, Decimal) else value for value in (facts.get(name) for name in names)]
        db.execute(f"INSERT INTO facts VALUES ({', '.join('?' for _ in columns)})", ["1", *values])
        plan = compile_chain(chain, columns=db.columns("facts"), keys=("id",))
        row = db.dicts(plan.sql())[0]
    found = {name: row[column] for name, column in plan.columns.items()}
    lists = [table.name for table in chain.tables if table.lists]
    return gathered(
        chain, found | {name: json.loads(found[name], parse_float=Decimal, parse_int=Decimal) for name in lists if found[name]}
    )

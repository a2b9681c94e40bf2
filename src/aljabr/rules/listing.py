"""Lists of results as JSON text, the same bytes from SQL and from Python.

A decision with hit policy RULE ORDER, OUTPUT ORDER or COLLECT gives a list: of values when it has one output, of objects when it
has several. Numbers are written with all the places of their type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlglot import exp

from aljabr.feel import Type, TypedTable
from aljabr.rules.expressions import as_decimal, concatenated
from aljabr.rules.sql import called, case, cast, is_null, text


def json_text(value: str) -> str:
    r"""Return a text as DuckDB writes it in JSON: no escape but the necessary, hexadecimal in capitals.

    Examples
    --------
    >>> print(json_text('جبر "x"' + chr(27)))
    "جبر \"x\"\u001B"
    """
    written = json.dumps(value, ensure_ascii=False)
    return re.sub(r"\\\\|\\u00[0-9a-f]{2}", lambda found: found[0][:2] + found[0][2:].upper(), written)


def output_names(table: TypedTable) -> list[str]:
    """Return the names of the outputs without the decision's own."""
    return [name.removeprefix(f"{table.name}.") for name in table.outputs]


def list_text(table: TypedTable, rows: Sequence[Sequence[object]]) -> str:
    """Return a list of results as JSON text."""
    return "[" + ",".join(_row_text(table, row) for row in rows) + "]"


def row_sql(table: TypedTable, outputs: Sequence[exp.Expression]) -> exp.Expression:
    """Return the SQL of one element of the list."""
    types = list(table.outputs.values())
    values = [_value_sql(output, found) for output, found in zip(outputs, types, strict=True)]
    if len(values) == 1:
        return values[0]
    parts: list[exp.Expression] = []
    for number, (name, value) in enumerate(zip(output_names(table), values, strict=True)):
        parts += [text(("," if number else "{") + json_text(name) + ":"), value]
    return concatenated([*parts, text("}")])


def _row_text(table: TypedTable, row: Sequence[object]) -> str:
    types = list(table.outputs.values())
    values = [_value_text(value, found) for value, found in zip(row, types, strict=True)]
    if len(values) == 1:
        return values[0]
    return "{" + ",".join(f"{json_text(name)}:{value}" for name, value in zip(output_names(table), values, strict=True)) + "}"


def _value_text(value: object, found: Type) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value + 0:.{found.scale}f}"
        case date():
            return f'"{value.isoformat()}"'
    return json_text(str(value))


def _value_sql(value: exp.Expression, found: Type) -> exp.Expression:
    match found.kind:
        case "number":
            written = cast(as_decimal(value, found.scale), "TEXT")
        case "boolean":
            written = case([(value, text("true"))], text("false"))
        case "date":
            written = concatenated([text('"'), cast(value, "TEXT"), text('"')])
        case _:
            written = cast(called("to_json", cast(value, "TEXT")), "TEXT")
    return case([(is_null(value), text("null"))], written)

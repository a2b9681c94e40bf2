"""Asks the full interpreter and writes the answer as FEEL's ``string()`` does, so that expected values read like the standard."""

from __future__ import annotations

from typing import Any

from aljabr.feel.dynamic import feel_value, written


def answer(text: str, **values: Any) -> str:
    """The value of an expression as text; null by its name."""
    value = feel_value(text, values)
    return "null" if value is None else str(written(value))


def pairs(table: str) -> list[tuple[str, str]]:
    """The lines ``expression => value`` of a table; lines that begin with # say where the next ones come from."""
    lines = [line.strip() for line in table.splitlines() if "=>" in line and not line.strip().startswith("#")]
    return [(left.strip(), right.strip()) for left, _, right in (line.partition("=>") for line in lines)]

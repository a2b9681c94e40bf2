"""Functions of contexts (DMN 1.5, clause 10.3.4.9)."""

from __future__ import annotations

from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.values import Value


def _entries(context: dict[str, Value]) -> list[Value]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[Value]) -> dict[str, Value] | None:
    """Each entry is a context with ``key`` and ``value``; a key twice makes it null."""
    found: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys() or not isinstance(entry["key"], str):
            return None
        if entry["key"] in found:
            return None
        found[entry["key"]] = entry["value"]
    return found


def _put(context: dict[str, Value], key: str, value: Value) -> dict[str, Value]:
    return {**context, key: value}


def _put_deep(context: dict[str, Value], keys: list[Value], value: Value) -> dict[str, Value] | None:
    """Put a value at the end of a path of keys; every context on the way is a new one."""
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return _put(context, keys[0], value)
    inner = context.get(keys[0])
    put = _put_deep(inner, keys[1:], value) if isinstance(inner, dict) else None
    return None if put is None else _put(context, keys[0], put)


def _merged(contexts: list[Value]) -> dict[str, Value] | None:
    if not all(isinstance(context, dict) for context in contexts):
        return None
    return {key: value for context in contexts for key, value in context.items()}


FUNCTIONS: list[Function] = [
    built_in("get value(m: context, key: string)", lambda context, key: context.get(key)),
    built_in("get entries(m: context)", _entries),
    built_in("context(entries: list)", _context),
    built_in("context put(context: context, key: string, value: any)", _put),
    built_in("context put(context: context, keys: list, value: any)", _put_deep),
    built_in("context merge(contexts: list)", _merged),
]

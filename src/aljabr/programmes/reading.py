"""Reads one YAML file into plain values, refusing whatever could be read in two ways.

Stricter than YAML 1.1: only ``true`` and ``false`` are booleans, only plain decimal digits are integers, only ``YYYY-MM-DD`` is a
date; fractions, long integers, repeated keys, keys that are not text, aliases and tags are refused with the file, the key and the
line. Order: compose nodes with a SafeLoader of ours, build values node by node, remember the line of every key for later refusals.
Nothing is ever constructed as an object, and no record is built here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from aljabr.errors import ProgrammeBroken
from aljabr.outside import other_kind

type_tag = "tag:yaml.org,2002:{}".format
Key = tuple[str | int, ...]
MAX_BYTES = 4_000_000
MAX_DIGITS = 18
MAX_SHOWN = 200


class _StrictLoader(yaml.SafeLoader):
    """A SafeLoader that resolves scalars by our narrower rules and refuses aliases."""

    # Deliberately not inherited: YAML 1.1 would read `on:` and `no` as booleans and 010 as eight.
    yaml_implicit_resolvers = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose the next node; an alias is refused because one text should say one thing."""
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias is not allowed; write it out", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("timestamp", r"\d{4}-\d{2}-\d{2}(?:[Tt ].*)?", "0123456789"),
    ("int", r"[-+]?(?:0|[1-9][0-9_]*)", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+|[-+]?\.(?:inf|nan)",
        "-+.0123456789",
    ),
):
    _StrictLoader.add_implicit_resolver(type_tag(_tag), re.compile(rf"^(?:{_pattern})$"), list(_first))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file's content as plain values, with the line of every key."""

    file: str
    content: object
    lines: Mapping[Key, int] = field(default_factory=dict)

    def place(self, key: Key) -> str:
        """Return ``file, line N, key a.b[2]`` for a refusal; the nearest known ancestor gives the line."""
        known = next((key[:size] for size in range(len(key), -1, -1) if key[:size] in self.lines), ())
        line = f", line {self.lines[known]}" if known in self.lines else ""
        return f"{self.file}{line}" + (f", key {spell(key)}" if key else "")


def spell(key: Key) -> str:
    """Return a key path as people write it.

    Examples
    --------
    >>> spell(("amounts", 0, "values", 1, "from_on"))
    'amounts[0].values[1].from_on'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


def read_yaml(path: Path, *, name: str) -> Document:
    """Read one YAML file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What to call it in refusals (its path inside the programme).

    Returns
    -------
    Document
        Text, whole numbers, booleans, dates, nulls, lists and objects with text keys.

    Raises
    ------
    ProgrammeBroken
        When the file is not UTF-8, is not YAML, is too large or says something that could be read in two ways.
    """
    if kind := other_kind(path):
        raise ProgrammeBroken(f"{name} is {kind}, not a file.", "Put a regular file in its place.")
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise ProgrammeBroken(f"{name} has {len(raw)} bytes.", f"Split it into files of at most {MAX_BYTES} bytes.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProgrammeBroken(f"{name} is not UTF-8 at byte {error.start}.", "Save it as UTF-8.") from error
    return read_yaml_text(text, name=name)


def read_yaml_text(text: str, *, name: str) -> Document:
    r"""Read YAML from a text; see `read_yaml`.

    Raises
    ------
    ProgrammeBroken
        As `read_yaml`.

    Examples
    --------
    >>> read_yaml_text("on: 2016-01-25\nno: 'yes'\n", name="x.yaml").content
    {'on': datetime.date(2016, 1, 25), 'no': 'yes'}
    """
    lines: dict[Key, int] = {}
    try:
        root = yaml.compose(text, Loader=_StrictLoader)
        content = _value(root, (), name=name, lines=lines) if root is not None else None
    except yaml.YAMLError as error:
        raise ProgrammeBroken(f"{name}{_where(error)} is not YAML: {_problem(error)}.", "Mend that line.", file=name) from error
    except RecursionError as error:
        raise ProgrammeBroken(f"{name} is nested too deeply.", "Write it with fewer levels.", file=name) from error
    return Document(file=name, content=content, lines=lines)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or str(error).splitlines()[0])


def _value(node: yaml.Node, key: Key, *, name: str, lines: dict[Key, int]) -> object:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _object(node, key, name=name, lines=lines)
    if isinstance(node, yaml.SequenceNode):
        _plain_tag(node, key, expected="seq", name=name)
        return [_value(item, (*key, index), name=name, lines=lines) for index, item in enumerate(node.value)]
    return _scalar(node, key, name=name)


def _object(node: yaml.MappingNode, key: Key, *, name: str, lines: dict[Key, int]) -> dict[str, object]:
    _plain_tag(node, key, expected="map", name=name)
    content: dict[str, object] = {}
    for key_node, value_node in node.value:
        part = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != type_tag("str"):
            raise _refused(
                key_node, key, name=name, what=f"has the key {part!r}, which is not text", way_out=f'Write "{part}" in quotes.'
            )
        if part in content:
            raise _refused(key_node, (*key, part), name=name, what="stands twice", way_out="Keep one of them.")
        lines[(*key, part)] = key_node.start_mark.line + 1
        content[part] = _value(value_node, (*key, part), name=name, lines=lines)
    return content


def _scalar(node: yaml.Node, key: Key, *, name: str) -> object:
    text = str(node.value)
    kind = node.tag.removeprefix(type_tag(""))
    match kind:
        case "str":
            return text
        case "null":
            return None
        case "bool":
            return text == "true"
        case "int":
            return _integer(node, key, name=name)
        case "timestamp":
            return _date(node, key, name=name)
        case "float":
            raise _refused(
                node,
                key,
                name=name,
                what=f"is the fraction {text}",
                way_out='Write whole numbers (money in minor units) or "quoted text".',
            )
        case _:
            raise _refused(node, key, name=name, what=f"carries the tag {node.tag}", way_out="Remove the tag.")


def _integer(node: yaml.Node, key: Key, *, name: str) -> int:
    digits = str(node.value).replace("_", "")
    if len(digits.lstrip("+-")) > MAX_DIGITS:
        what = f"is a number of {len(digits.lstrip('+-')):,} digits"
        raise _refused(node, key, name=name, what=what, way_out=f'Write at most {MAX_DIGITS} digits, or "quoted text".')
    return int(digits)


def _date(node: yaml.Node, key: Key, *, name: str) -> date:
    try:
        return date.fromisoformat(str(node.value))
    except ValueError:
        raise _refused(
            node, key, name=name, what=f"is {node.value}, which is no day", way_out="Write an existing day as YYYY-MM-DD."
        ) from None


def _plain_tag(node: yaml.Node, key: Key, *, expected: str, name: str) -> None:
    if node.tag != type_tag(expected):
        raise _refused(node, key, name=name, what=f"carries the tag {node.tag}", way_out="Remove the tag.")


def _refused(node: yaml.Node, key: Key, *, name: str, what: str, way_out: str) -> ProgrammeBroken:
    line = node.start_mark.line + 1
    what, way_out = (text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…" for text in (what, way_out))
    label = f"key {spell(key)} " if key else ""
    return ProgrammeBroken(f"{name}, line {line}: {label}{what}.", way_out, file=name, line=line, key=spell(key))

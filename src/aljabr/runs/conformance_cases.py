"""Reads the cases of the DMN Technology Compatibility Kit: inputs, what is asked for, what must come out.

References
----------
The kit's ``testCases.xsd``; https://dmn-tck.github.io/tck/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from aljabr.errors import SourceBroken
from aljabr.feel.dynamic import Value, literal_of

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value for an input; ``namespace`` is empty when the file names none."""

    name: str
    namespace: str
    value: Value


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A result a case asks for; ``error`` when it must be null because something is wrong."""

    name: str
    value: Value
    error: bool = False


@dataclass(frozen=True, kw_only=True)
class Case:
    """One test case; ``invocable`` is the decision service or knowledge model it calls, empty for decisions."""

    id: str
    model: str
    invocable: str
    inputs: tuple[Given, ...]
    results: tuple[Expected, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, none when it is no file of cases.

    Raises
    ------
    SourceBroken
        When the file is no XML or a value in it is of no type of XML Schema that FEEL has.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
        if etree.QName(root).localname != "testCases":
            return ()
        model = (root.findtext("{*}modelName") or "").strip()
        return tuple(_case(node, model, place) for place, node in enumerate(root.iterfind("{*}testCase"), 1))
    except (etree.XMLSyntaxError, InvalidOperation, ValueError) as error:
        raise SourceBroken(f"{path.name} cannot be read: {error}.", "Take it from the kit again.") from error


def _case(node: etree._Element, model: str, place: int) -> Case:
    return Case(
        id=node.get("id") or str(place),
        model=model,
        invocable=node.get("invocableName", "") if node.get("type", "decision") != "decision" else "",
        inputs=tuple(
            Given(name=inner.get("name", ""), namespace=inner.get("namespace", ""), value=_content(inner))
            for inner in node.iterfind("{*}inputNode")
        ),
        results=tuple(_expected(inner) for inner in node.iterfind("{*}resultNode")),
    )


def _expected(node: etree._Element) -> Expected:
    inner = node.find("{*}expected")
    return Expected(
        name=node.get("name", ""),
        value=_content(inner) if inner is not None else None,
        error=node.get("errorResult", "") in ("true", "1"),
    )


def _parts(node: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for inner in node:
        if (name := etree.QName(inner).localname) in ("value", "list", "component"):
            yield name, inner


def _content(node: etree._Element) -> Value:
    """A value, a list, or the context all components make together."""
    for kind, inner in _parts(node):
        if inner.get(f"{_XSI}nil") == "true" and kind != "component":
            return None
        match kind:
            case "list":
                return [_content(item) for item in inner.iterfind("{*}item")]
            case "component":
                return {part.get("name", ""): _content(part) for kind, part in _parts(node) if kind == "component"}
            case "value":
                return _scalar(inner)
    return None


def _scalar(node: etree._Element) -> Value:
    """A value of an XML Schema type."""
    text = node.text or ""
    match node.get(f"{_XSI}type", "xsd:string").rpartition(":")[2]:
        case "boolean":
            return text.strip() in ("true", "1")
        case "decimal" | "double" | "float" | "integer" | "int" | "long":
            number = Decimal(text.strip())
            return number if number.is_finite() else None
        case "date" | "time" | "dateTime" | "duration" | "yearMonthDuration" | "dayTimeDuration":
            found = literal_of(text.strip())
            if found is None:
                raise ValueError(f"{text!r} is no date, time or duration")
            return found
    return text

"""XML to boxed expressions, one function for each form.

A form that is not known is refused, never skipped: what a model means must not depend on what its reader understands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from aljabr.errors import ProgrammeBroken
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

_NO_LOGIC = {
    *(
        "description",
        "extensionElements",
        "question",
        "allowedAnswers",
        "variable",
        "informationRequirement",
        "knowledgeRequirement",
    ),
    *(
        "authorityRequirement",
        "supportedObjective",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "usingProcess",
    ),
    *("usingTask", "parameter", "formalParameter", "typeRef", "encapsulatedDecision", "outputDecision"),
}


def children(node: etree._Element, name: str = "") -> Iterator[etree._Element]:
    """Yield the children of the model's own namespace, of one name if given."""
    namespace = etree.QName(node).namespace
    for child in node:
        if isinstance(child.tag, str) and etree.QName(child).namespace == namespace and name in ("", local(child)):
            yield child


def child(node: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return next(children(node, name), None) if node is not None else None


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(node).localname


def text_of(node: etree._Element | None) -> str:
    """Return the FEEL text inside an element, empty when there is none."""
    inner = child(node, "text")
    return "".join(str(part) for part in inner.itertext()).strip() if inner is not None else ""


def type_ref(node: etree._Element | None) -> str:
    """Return a declared type's name, however the version of DMN writes it: attribute or element, ``feel:string`` or ``string``."""
    if node is None:
        return ""
    inner = child(node, "typeRef")
    text = (node.get("typeRef") or (inner.text if inner is not None else "") or "").strip()
    prefix, _, name = text.rpartition(":")
    return (text if not prefix else name).rpartition("}")[2]


def logic_of(node: etree._Element | None) -> Boxed | None:
    """Return the boxed expression inside an element, None when it has none."""
    if node is None:
        return None
    for inner in children(node):
        if (kind := local(inner)) in _FORMS:
            return _FORMS[kind](inner)
        if kind not in _NO_LOGIC:
            raise ProgrammeBroken(
                f"The expression {kind} is not understood.", "Write it as one of the boxed expressions of DMN 1.5."
            )
    return None


def function(node: etree._Element) -> Function:
    """Return a function definition."""
    return Function(
        parameters=tuple(_parameter(inner) for inner in children(node, "formalParameter")),
        body=logic_of(node),
        kind=node.get("kind") or "FEEL",
        type_ref=type_ref(node),
    )


def _parameter(node: etree._Element) -> Parameter:
    return Parameter(name=node.get("name", ""), type_ref=type_ref(node))


def _literal(node: etree._Element) -> Literal:
    language = node.get("expressionLanguage", "")
    return Literal(text=text_of(node), type_ref=type_ref(node), language="" if "feel" in language.lower() else language)


def _table(node: etree._Element) -> Table:
    return Table(
        inputs=tuple(_input(inner) for inner in children(node, "input")),
        outputs=tuple(_output(inner) for inner in children(node, "output")),
        rows=tuple(_row(inner, place) for place, inner in enumerate(children(node, "rule"), 1)),
        hit_policy=node.get("hitPolicy", "UNIQUE"),
        aggregation=node.get("aggregation", ""),
        type_ref=type_ref(node),
    )


def _input(node: etree._Element) -> InputColumn:
    expression = child(node, "inputExpression")
    return InputColumn(expression=text_of(expression), type_ref=type_ref(expression), values=text_of(child(node, "inputValues")))


def _output(node: etree._Element) -> OutputColumn:
    return OutputColumn(
        name=node.get("name", ""),
        type_ref=type_ref(node),
        values=text_of(child(node, "outputValues")),
        default=text_of(child(node, "defaultOutputEntry")),
    )


def _row(node: etree._Element, place: int) -> Row:
    return Row(
        id=node.get("id") or f"rule_{place}",
        tests=tuple(text_of(inner) for inner in children(node, "inputEntry")),
        outputs=tuple(text_of(inner) for inner in children(node, "outputEntry")),
        output_types=tuple(type_ref(inner) for inner in children(node, "outputEntry")),
    )


def _context(node: etree._Element) -> Context:
    return Context(entries=tuple(_entry(inner) for inner in children(node, "contextEntry")), type_ref=type_ref(node))


def _entry(node: etree._Element, name: str = "variable") -> Entry:
    variable = child(node, name)
    return Entry(name=variable.get("name", "") if variable is not None else "", logic=logic_of(node), type_ref=type_ref(variable))


def _invocation(node: etree._Element) -> Invocation:
    return Invocation(
        callee=next((_FORMS[local(inner)](inner) for inner in children(node) if local(inner) in _FORMS), None),
        bindings=tuple(_entry(inner, "parameter") for inner in children(node, "binding")),
        type_ref=type_ref(node),
    )


def _items(node: etree._Element) -> Items:
    return Items(items=_cells(node), type_ref=type_ref(node))


def _cells(node: etree._Element) -> tuple[Boxed | None, ...]:
    return tuple(_FORMS[local(inner)](inner) for inner in children(node) if local(inner) in _FORMS)


def _relation(node: etree._Element) -> Relation:
    return Relation(
        columns=tuple(_parameter(inner) for inner in children(node, "column")),
        rows=tuple(_cells(inner) for inner in children(node, "row")),
        type_ref=type_ref(node),
    )


def _conditional(node: etree._Element) -> Conditional:
    return Conditional(
        condition=logic_of(child(node, "if")),
        consequent=logic_of(child(node, "then")),
        alternative=logic_of(child(node, "else")),
        type_ref=type_ref(node),
    )


def _filter(node: etree._Element) -> Filter:
    return Filter(source=logic_of(child(node, "in")), match=logic_of(child(node, "match")), type_ref=type_ref(node))


def _iteration(node: etree._Element) -> Iteration:
    kind = local(node)
    return Iteration(
        kind="for" if kind == "for" else "some" if kind == "some" else "every",
        variable=node.get("iteratorVariable", ""),
        source=logic_of(child(node, "in")),
        body=logic_of(child(node, "return" if kind == "for" else "satisfies")),
        type_ref=type_ref(node),
    )


_FORMS: dict[str, Callable[[etree._Element], Boxed]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": function,
    "list": _items,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
}

"""Reads decision tables out of DMN files (1.1 to 1.5), and refuses every other kind of decision logic.

Steps: parse the XML without DTD, entities or network; take each decision's table, its requirements and its annotations; name file
and decision in every refusal. Cells stay FEEL text: ``aljabr.feel`` reads them. Layout (DMNDI) and vendor extensions are ignored.

References
----------
OMG DMN 1.5 (formal/2024-01-01), chapters 6 to 8.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from lxml import etree

from aljabr.errors import ProgrammeBroken
from aljabr.outside import other_kind
from aljabr.programmes.records import DecisionTable, InputClause, OutputClause, Rule

_MODEL = re.compile(r"https?://www\.omg\.org/spec/DMN/(20151101|20180521|20191111|20211108|20230324)/(dmn\.xsd|MODEL/?)")
_HIT_POLICIES = get_args(DecisionTable.model_fields["hit_policy"].annotation)
_BASE_TYPES = ("string", "number", "boolean", "date")
_INSTEAD = {
    "literalExpression": "Write a decision table with one rule whose inputs are -.",
    "context": "Write a decision table with one output per entry.",
    "invocation": "Write the invoked logic as a decision table that this decision requires.",
    "functionDefinition": "Write it as a decision table that this decision requires.",
    "relation": "Write a decision table.",
    "list": "Write a decision table with hit policy COLLECT.",
    "conditional": "Write a decision table with one rule per branch.",
}


def read_tables(path: Path) -> tuple[DecisionTable, ...]:
    """Return the decision tables of a DMN file, in the order of the file.

    Parameters
    ----------
    path : Path
        A ``.dmn`` file; its name becomes the ``file`` of each table.

    Returns
    -------
    tuple of DecisionTable
        Output values and defaults are FEEL, as are the cells; ``requires`` has decisions' names, not input data.

    Raises
    ------
    ProgrammeBroken
        When the file is no DMN, has a DTD, or has anything but decision tables; the message names the file and the decision
        and says what to write instead.
    """
    root = parsed(path)
    for kind in ("businessKnowledgeModel", "decisionService"):
        for node in _all(root, kind):
            raise ProgrammeBroken(
                f"{path.name}: {kind} {node.get('name', '')} is not understood.", "Write its logic as decision tables in this file."
            )
    names = _names(path, root)
    return tuple(_table(path.name, node, names) for node in _all(root, "decision"))


def _names(path: Path, root: etree._Element) -> dict[str, str]:
    """The decisions that may be required, href → name: those of this file, and of the files beside it that it imports."""
    names = {f"#{node.get('id')}": node.get("name", "") for node in _all(root, "decision")}
    for node in _all(root, "import"):
        beside = path.parent / Path(node.get("locationURI", "")).name
        if node.get("name") or not beside.is_file() or beside == path:
            raise ProgrammeBroken(
                f"{path.name}: the import {node.get('name', '')} is not understood.",
                'Write <import name="" locationURI="FILE.dmn" …/>.',
            )
        for decision in _all(parsed(beside), "decision"):
            for source in (beside.name, node.get("namespace", "")):
                names[f"{source}#{decision.get('id')}"] = decision.get("name", "")
    return names


def parsed(path: Path) -> etree._Element:
    """Return the root of a DMN file, parsed without DTD, entities or network.

    Raises
    ------
    ProgrammeBroken
        When the file is no XML, has a document type, or is no DMN 1.1 to 1.5.
    """
    if kind := other_kind(path):
        raise ProgrammeBroken(f"{path.name} is {kind}, not a file.", "Put a regular file in its place.")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        document = etree.fromstring(path.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        raise ProgrammeBroken(f"{path.name} is no XML that can be read: {error}.", "Export it again as DMN 1.3.") from error
    if getattr(document.getroottree().docinfo, "doctype", ""):
        raise ProgrammeBroken(f"{path.name} has a document type declaration.", "Take the <!DOCTYPE …> out.")
    if _local(document) != "definitions" or not _MODEL.fullmatch(etree.QName(document).namespace or ""):
        raise ProgrammeBroken(f"{path.name} is no DMN 1.1 to 1.5 model.", "Export it again as DMN 1.3.")
    return document


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


def _model(node: etree._Element) -> list[etree._Element]:
    """The children that belong to the model: extensions of other namespaces are left aside."""
    return [child for child in node if etree.QName(child).namespace == etree.QName(node).namespace]


def _all(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in _model(node) if _local(child) == name]


def _first(node: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_all(node, name)), None)


def _text(node: etree._Element | None) -> str:
    if node is None:
        return ""
    inner = _first(node, "text")
    return "".join(str(part) for part in inner.itertext()).strip() if inner is not None else ""


def _table(file: str, decision: etree._Element, names: dict[str, str]) -> DecisionTable:
    name = decision.get("name", "")
    table = _logic(file, decision)
    policy = table.get("hitPolicy", "UNIQUE")
    if policy not in _HIT_POLICIES:
        raise ProgrammeBroken(
            f"{file}: {name}: there is no hit policy {policy}.", f"The hit policies are {', '.join(_HIT_POLICIES)}."
        )
    outputs = tuple(_output(node, name, decision) for node in _all(table, "output"))
    clauses = [node.get("name", "") for node in _all(table, "annotation")]
    return DecisionTable(
        file=file,
        id=decision.get("id", ""),
        name=name,
        label=decision.get("label", "") or table.get("outputLabel", ""),
        hit_policy=policy,  # type: ignore[arg-type]
        aggregation=table.get("aggregation", ""),  # type: ignore[arg-type]
        requires=_requires(file, decision, names),
        inputs=tuple(_input(file, name, node) for node in _all(table, "input")),
        outputs=outputs,
        rules=tuple(_rule(file, name, node, clauses, place) for place, node in enumerate(_all(table, "rule"), 1)),
    )


def _logic(file: str, decision: etree._Element) -> etree._Element:
    name = decision.get("name", "")
    table = _first(decision, "decisionTable")
    if table is not None:
        return table
    for kind, instead in _INSTEAD.items():
        if _first(decision, kind) is not None:
            raise ProgrammeBroken(f"{file}: the decision {name} is a {kind}.", instead)
    raise ProgrammeBroken(f"{file}: the decision {name} has no decision table.", "Write one, or take the decision out.")


def _requires(file: str, decision: etree._Element, names: dict[str, str]) -> tuple[str, ...]:
    name = decision.get("name", "")
    if _first(decision, "knowledgeRequirement") is not None:
        raise ProgrammeBroken(
            f"{file}: the decision {name} requires a knowledge model.", "Write its logic as a decision table it requires."
        )
    found: list[str] = []
    for requirement in _all(decision, "informationRequirement"):
        for required in _all(requirement, "requiredDecision"):
            href = required.get("href", "")
            if href not in names:
                raise ProgrammeBroken(
                    f"{file}: {name} requires the decision {href}, which is not there.", "Mend the href, or import its file."
                )
            found.append(names[href])
    return tuple(dict.fromkeys(found))


def _input(file: str, name: str, node: etree._Element) -> InputClause:
    expression = _first(node, "inputExpression")
    text = _text(expression)
    if expression is None or not text:
        raise ProgrammeBroken(f"{file}: {name}: an input column has no expression.", "Write the name of the fact it tests.")
    return InputClause(expression=text, type=_type(expression), label=node.get("label", ""))


def _output(node: etree._Element, name: str, decision: etree._Element) -> OutputClause:
    variable = _first(decision, "variable")
    default = _first(node, "defaultOutputEntry")
    return OutputClause(
        name=node.get("name", "") or name,
        type=_type(node) or (_type(variable) if variable is not None and not node.get("name") else ""),
        values=_values(_text(_first(node, "outputValues"))),
        default=_text(default),
    )


def _type(node: etree._Element) -> str:
    """A base type of FEEL, however the version of DMN spells it; empty for a type of the model's own."""
    local = (node.get("typeRef") or "").rpartition(":")[2].rpartition("}")[2]
    return local if local in _BASE_TYPES else ""


def _values(text: str) -> tuple[str, ...]:
    """The comma-separated values, as FEEL."""
    found = re.findall(r'"(?:\\.|[^"\\])*"|[^,\s][^,]*', text)
    return tuple(value.strip() for value in found)


def _rule(file: str, name: str, node: etree._Element, clauses: list[str], place: int) -> Rule:
    entries = [_text(entry) for entry in _all(node, "annotationEntry")]
    if len(entries) > len(clauses):
        raise ProgrammeBroken(f"{file}: {name}: rule {place} has more annotations than columns.", "Name each annotation column.")
    rule = node.get("id") or f"rule_{place}"
    return Rule(
        id=rule,
        inputs=tuple(_text(entry) for entry in _all(node, "inputEntry")),
        outputs=tuple(_text(entry) for entry in _all(node, "outputEntry")),
        annotations={clause: entry for clause, entry in zip(clauses, entries, strict=False) if entry},
    )

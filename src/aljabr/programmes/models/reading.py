"""DMN file to model: item definitions, elements, requirements, and the models it imports from files beside it.

Steps: parse the XML without DTD, entities or network; read what the file defines; read each imported file once, matched by
namespace; merge imports without a name. Layout (DMNDI) and vendors' extensions are left aside.

References
----------
OMG DMN 1.5 (formal/2024-01-01), clauses 6.3 (requirements, imports, services), 7.3.2 (item definitions), 13 (XML).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from aljabr.errors import ProgrammeBroken
from aljabr.feel.models import Decision as ModelDecision
from aljabr.feel.models import DecisionService, Element, InputData, ItemDefinition, KnowledgeModel, Model, Reference
from aljabr.programmes.dmn import parsed
from aljabr.programmes.models.logic import child, children, function, local, logic_of, text_of, type_ref


def read_model(path: Path) -> Model:
    """Return the model of a DMN file with everything it imports.

    Parameters
    ----------
    path : Path
        A ``.dmn`` file; imports are looked for among the ``.dmn`` files of its folder, by namespace.

    Raises
    ------
    ProgrammeBroken
        When the file is no DMN 1.1 to 1.5, has a DTD, has a form of logic that is not known, or imports what is not there; the
        message names the file. A model that is imported in a circle is read once.
    """
    return _Reader(path).model(path, ())


class _Reader:
    """Reads each file of a folder at most once."""

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.roots: dict[Path, etree._Element] = {}
        self.models: dict[Path, Model] = {}

    def root(self, path: Path) -> etree._Element:
        if path not in self.roots:
            self.roots[path] = parsed(path)
        return self.roots[path]

    def model(self, path: Path, above: tuple[Path, ...]) -> Model:
        if path not in self.models:
            self.models[path] = self._read(path, (*above, path))
        return self.models[path]

    def _read(self, path: Path, above: tuple[Path, ...]) -> Model:
        root = self.root(path)
        namespace = root.get("namespace", "")
        try:
            elements = {element.reference: element for node in children(root) if (element := _element(node, namespace))}
            types = {node.get("name", ""): _definition(node) for node in children(root, "itemDefinition")}
        except ProgrammeBroken as error:
            raise ProgrammeBroken(f"{path.name}: {error.what}", error.way_out) from error
        model = Model(file=path.name, name=root.get("name", ""), namespace=namespace, elements=elements, types=types)
        imports: dict[str, Model] = {}
        for node in children(root, "import"):
            if "DMN" not in node.get("importType", "DMN"):
                continue
            other = self._beside(path, node)
            if other in above:
                continue
            imported = self.model(other, above)
            if name := node.get("name", ""):
                imports[name] = imported
            else:
                model = _merged(model, imported)
        return replace(model, imports={**model.imports, **imports})

    def _beside(self, path: Path, node: etree._Element) -> Path:
        """The file an import means: by its location if that is beside, else by its namespace."""
        namespace = node.get("namespace", "")
        located = self.folder / Path(node.get("locationURI") or "").name
        beside = [located] if located.suffix == ".dmn" and located.is_file() else []
        for other in (*beside, *sorted(self.folder.glob("*.dmn"))):
            if _is_model(other, self.roots) and self.root(other).get("namespace", "") == namespace:
                return other
        raise ProgrammeBroken(f"{path.name} imports {namespace}, which no file beside it has.", "Put the imported file beside it.")


def _merged(model: Model, imported: Model) -> Model:
    """A model with everything of another whose name it does not have yet."""
    names = {element.name for element in model.elements.values()}
    added = {reference: element for reference, element in imported.elements.items() if element.name not in names}
    return replace(
        model,
        elements={**model.elements, **added},
        types={**imported.types, **model.types},
        imports={**imported.imports, **model.imports},
    )


def _is_model(path: Path, roots: Mapping[Path, etree._Element]) -> bool:
    try:
        return path in roots or parsed(path) is not None
    except ProgrammeBroken:
        return False


def _element(node: etree._Element, namespace: str) -> Element | None:
    reference = Reference(namespace=namespace, id=node.get("id", "") or node.get("name", ""))
    variable = child(node, "variable")
    name = node.get("name", "")
    match local(node):
        case "inputData":
            return InputData(reference=reference, name=name, type_ref=type_ref(variable))
        case "decision":
            return ModelDecision(
                reference=reference,
                name=name,
                type_ref=type_ref(variable),
                logic=logic_of(node),
                requires=_hrefs(node, "informationRequirement", namespace),
                knows=_hrefs(node, "knowledgeRequirement", namespace),
            )
        case "businessKnowledgeModel":
            logic = child(node, "encapsulatedLogic")
            return KnowledgeModel(
                reference=reference,
                name=name,
                type_ref=type_ref(variable),
                function=function(logic) if logic is not None else None,
                knows=_hrefs(node, "knowledgeRequirement", namespace),
            )
        case "decisionService":
            return _service(node, reference)
    return None


def _service(node: etree._Element, reference: Reference) -> DecisionService:
    def parts(kind: str) -> tuple[Reference, ...]:
        return tuple(_reference(inner, reference.namespace) for inner in children(node, kind))

    return DecisionService(
        reference=reference,
        name=node.get("name", ""),
        type_ref=type_ref(child(node, "variable")),
        outputs=parts("outputDecision"),
        encapsulated=parts("encapsulatedDecision"),
        input_decisions=parts("inputDecision"),
        input_data=parts("inputData"),
    )


def _hrefs(node: etree._Element, requirement: str, namespace: str) -> tuple[Reference, ...]:
    return tuple(
        _reference(required, namespace)
        for inner in children(node, requirement)
        for required in children(inner)
        if required.get("href")
    )


def _reference(node: etree._Element, namespace: str) -> Reference:
    before, _, identifier = node.get("href", "").rpartition("#")
    return Reference(namespace=before or namespace, id=identifier)


def _definition(node: etree._Element) -> ItemDefinition:
    item = child(node, "functionItem")
    return ItemDefinition(
        name=node.get("name", ""),
        type_ref=type_ref(node),
        allowed=text_of(child(node, "allowedValues")),
        constraint=text_of(child(node, "typeConstraint")),
        collection=node.get("isCollection", "") == "true",
        components=tuple(_definition(inner) for inner in children(node, "itemComponent")),
        parameters=tuple(_definition(inner) for inner in children(item, "parameters")) if item is not None else (),
        result=(item.get("outputTypeRef", "").rpartition(":")[2]) if item is not None else None,
    )

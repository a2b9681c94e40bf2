"""A whole decision model: input data, decisions, knowledge models, decision services, item definitions, imports.

Elements point at one another by ``Reference`` (namespace and id), so that a requirement may cross files. What a model decides for
given inputs is in ``aljabr.feel.dynamic``; ``aljabr.programmes.models`` reads models from DMN files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aljabr.feel.boxed import Boxed, Function, introduced_names, member_names


@dataclass(frozen=True, kw_only=True, order=True)
class Reference:
    """Where an element is: the namespace of its model and its id in there."""

    namespace: str
    id: str


@dataclass(frozen=True, kw_only=True)
class ItemDefinition:
    """A type of the model's own.

    Parameters
    ----------
    type_ref : str
        The type it is based on; empty for a structure or a function.
    allowed : str
        Unary tests every value must pass (``allowedValues``), empty for none. For a collection each item must pass.
    constraint : str
        Unary tests the value as a whole must pass (``typeConstraint``, DMN 1.5).
    components : tuple of ItemDefinition
        Parts of a structure, in order.
    parameters, result : tuple of ItemDefinition, str or None
        Of a function type; ``result`` is None for what is no function.
    """

    name: str
    type_ref: str = ""
    allowed: str = ""
    constraint: str = ""
    collection: bool = False
    components: tuple[ItemDefinition, ...] = ()
    parameters: tuple[ItemDefinition, ...] = ()
    result: str | None = None


@dataclass(frozen=True, kw_only=True)
class InputData:
    """A named input with its declared type."""

    reference: Reference
    name: str
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision; without logic it is null. ``requires`` has input data and decisions, ``knows`` what it may invoke."""

    reference: Reference
    name: str
    type_ref: str = ""
    logic: Boxed | None = None
    requires: tuple[Reference, ...] = ()
    knows: tuple[Reference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KnowledgeModel:
    """A business knowledge model: a function decisions may invoke. ``type_ref`` is that of its variable."""

    reference: Reference
    name: str
    type_ref: str = ""
    function: Function | None = None
    knows: tuple[Reference, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionService:
    """A decision service: a function of its input data, then its input decisions, that gives its output decisions."""

    reference: Reference
    name: str
    type_ref: str = ""
    outputs: tuple[Reference, ...] = ()
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


Element = InputData | Decision | KnowledgeModel | DecisionService


@dataclass(frozen=True, kw_only=True)
class Model:
    """One DMN file.

    Parameters
    ----------
    elements : mapping of Reference to Element
        In the order of the file.
    types : mapping of str to ItemDefinition
        By name.
    imports : mapping of str to Model
        Other models by the name they are imported under; an import without a name has its elements and types merged here: the
        model's own come first, then those of the imports in order, each name once. They keep their own references.
    """

    file: str
    name: str
    namespace: str
    elements: Mapping[Reference, Element] = field(default_factory=dict)
    types: Mapping[str, ItemDefinition] = field(default_factory=dict)
    imports: Mapping[str, Model] = field(default_factory=dict)

    def find(self, reference: Reference) -> Element | None:
        """Return the element a reference points at: here, in what is merged here (by its id), or in an imported model."""
        merged = {element.namespace for element in self.elements} | {self.namespace}
        if reference.namespace in merged:
            for own, element in self.elements.items():
                if own.id == reference.id:
                    return element
        return next((there for model in self.imports.values() if (there := model.find(reference))), None)

    def home(self, reference: Reference) -> Model | None:
        """Return the model that has the element, this one or one it imports."""
        if reference in self.elements and reference.namespace == self.namespace:
            return self
        found = next((there for model in self.imports.values() if (there := model.home(reference))), None)
        return found or (self if reference in self.elements else None)

    def named(self, name: str, namespace: str = "") -> Element | None:
        """Return the element of a name; of a namespace when one is given."""
        for element in self.elements.values():
            if element.name == name and namespace in ("", element.reference.namespace):
                return element
        return next((there for model in self.imports.values() if namespace and (there := model.named(name, namespace))), None)

    def prefix(self, reference: Reference) -> str:
        """Return the name under which this model imports the model of an element; empty for its own."""
        if reference in self.elements:
            return ""
        return next((name for name, model in self.imports.items() if model.find(reference)), "")

    def names(self) -> frozenset[str]:
        """Return every name that may stand anywhere in the model's expressions."""
        own = {name for element in self.elements.values() for name in (element.name, *introduced_names(_logic(element)))}
        return frozenset(own) | self.member_names()

    def member_names(self) -> frozenset[str]:
        """Return the names that may stand after a dot or in a filter wherever a context comes from: the parser must know them."""
        return self._member_names

    @cached_property
    def _member_names(self) -> frozenset[str]:
        found = {name for element in self.elements.values() for name in member_names(_logic(element))}
        waiting = list(self.types.values())
        while waiting:
            definition = waiting.pop()
            found.add(definition.name)
            waiting += [*definition.components, *definition.parameters]
        for name, imported in self.imports.items():
            found |= {name, *(element.name for element in imported.elements.values()), *imported.member_names()}
        return frozenset(found) - {""}


def _logic(element: Element) -> Boxed | None:
    match element:
        case Decision(logic=logic):
            return logic
        case KnowledgeModel(function=function):
            return function
    return None

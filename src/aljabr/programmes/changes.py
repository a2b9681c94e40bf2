"""Lays a proposed change over a programme: what the law would say if it were adopted. Nothing is written and nothing published.

A change is one of: a ``.dmn`` file, whose decisions stand in the place of those of the same name; an amounts file, whose dated
values are added to the amounts of the same key (a value that begins on the same day is replaced); a change file that sets single
amounts and cells; or a folder with ``tables/``, ``amounts/`` and ``change.yaml``, laid over in this order. The result is read by
the same code and refused for the same reasons as any programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from aljabr.canonical import digest
from aljabr.errors import AljabrError, ProgrammeBroken, UsageError
from aljabr.outside import other_kind
from aljabr.programmes.decisions import programme_chain
from aljabr.programmes.dmn import read_tables
from aljabr.programmes.edits import with_amount, with_cell, with_fact, with_tables, with_values
from aljabr.programmes.reading import Document, read_yaml
from aljabr.programmes.records import Amount, Fact, Programme, Record, Reference, Text

R = TypeVar("R", bound=BaseModel)
CHANGE_FILE = "change.yaml"
ALWAYS = "always"
PROPOSED = Reference(instrument="Proposed change", state="unverified")


class AmountStep(Record):
    """Set an amount to a value from a day on, or on every day on which it has one (``from: always``)."""

    amount: str
    to: int
    from_: date | Literal["always"]
    reference: Reference = PROPOSED


class CellStep(Record):
    """Write another text into one cell of one rule; ``column`` is an input's expression or an output's name."""

    table: str
    rule: str
    column: str
    to: str


class ChangeFile(Record):
    """What a change file says."""

    title: Text
    why: Text = Field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    set: tuple[AmountStep | CellStep, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangedProgramme:
    """A programme with a change laid over it.

    Parameters
    ----------
    key : str
        The name of the file or folder, without its ending.
    title : dict of str to str
        By language; empty when the change has no change file.
    why : dict of str to str
        The reason given, by language.
    programme : Programme
        As it would be; its hash is that of the programme and the change together.
    """

    key: str
    title: Text
    why: Text
    programme: Programme


def lay_over(programme: Programme, path: Path) -> ChangedProgramme:
    """Read a change and lay it over a programme.

    Parameters
    ----------
    programme : Programme
        As it is in force.
    path : Path
        File or folder.

    Raises
    ------
    UsageError
        When there is no such path or it is nothing a change can be.
    ProgrammeBroken
        When the change cannot be used: names the file, the line and the key, or the table, the rule and the cell.
    """
    if not path.exists():
        raise UsageError(f"There is no change {path}.", "Name a .dmn file, an amounts or change file (.yaml), or a folder of them.")
    title: Text = {}
    why: Text = {}
    changed = programme
    for file, name in _files(path):
        if file.suffix == ".dmn":
            changed = with_tables(changed, read_tables(file))
            continue
        document = read_yaml(file, name=name)
        if isinstance(document.content, dict) and "amounts" in document.content:
            changed = with_values(changed, _amounts(document))
        else:
            said = _record(document, ChangeFile, _steps(document))
            title, why = said.title, said.why
            changed = _with_steps(changed, said, document)
    try:
        programme_chain(changed)
    except ProgrammeBroken as refusal:
        raise type(refusal)(f"With the change {path.name}: {refusal.what}", refusal.way_out, **refusal.details) from refusal
    if content(changed) == content(programme):
        raise ProgrammeBroken(f"{path.name} changes nothing in {programme.key}.", "Set a value or a cell that differs from it.")
    hashed = digest({"programme": programme.hash, "change": digest(content(changed))})
    return ChangedProgramme(key=path.stem, title=title, why=why, programme=changed.model_copy(update={"hash": hashed}))


def content(programme: Programme) -> Any:
    """Return what a change can alter, as plain values."""
    return programme.model_dump(mode="json", include={"amounts", "tables", "facts"})


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        if path.suffix not in (".dmn", ".yaml"):
            raise UsageError(f"{path} is no change.", "A change is a .dmn file, a .yaml file, or a folder of them.")
        yield path, path.name
        return
    found = sorted(file for file in path.rglob("*") if not file.is_dir() and file.name != "README.md")
    for file in found:
        name = file.relative_to(path).as_posix()
        allowed = name == CHANGE_FILE or (name.count("/") == 1 and (name.partition("/")[0], file.suffix) in _PLACES)
        if not allowed or file.is_symlink() or other_kind(file):
            way_out = f"A change holds tables/*.dmn, amounts/*.yaml and {CHANGE_FILE}; everything else stays as it is in force."
            raise ProgrammeBroken(f"{path.name}: {name} is not a file of a change.", way_out, file=name)
    if not found:
        raise UsageError(f"{path} is empty.", f"Put tables/*.dmn, amounts/*.yaml or {CHANGE_FILE} into it.")
    for file in sorted(found, key=lambda file: (file.parent == path, file.suffix != ".dmn", file)):
        yield file, file.relative_to(path).as_posix()


_PLACES = {("tables", ".dmn"), ("amounts", ".yaml")}


def _amounts(document: Document) -> list[Amount]:
    assert isinstance(document.content, dict)
    listed = document.content["amounts"]
    if not isinstance(listed, list):
        raise ProgrammeBroken(f"{document.place(('amounts',))} is not a list.", "Write amounts: and one item under each dash.")
    return [_record(document, Amount, item, at=("amounts", index)) for index, item in enumerate(listed)]


def _steps(document: Document) -> Any:
    """The content with ``from`` spelled as a field can be."""
    if not isinstance(document.content, dict):
        raise ProgrammeBroken(f"{document.file} is not an object.", "Write title: and set: with one step under each dash.")
    given = dict(document.content)
    steps = given.get("set", [])
    if not isinstance(steps, list):
        raise ProgrammeBroken(f"{document.place(('set',))} is not a list.", "Write set: and one step under each dash.")
    given["set"] = [_step(document, step, index) for index, step in enumerate(steps)]
    return given


def _step(document: Document, step: object, index: int) -> Record:
    at = ("set", index)
    if isinstance(step, dict) and "amount" in step:
        if "from" not in step:
            way_out = f"Write the first day of the new value, from: 2025-01-01, or from: {ALWAYS} for every day it has a value."
            raise ProgrammeBroken(f"{document.place(at)}: from is missing.", way_out)
        renamed = {("from_" if key == "from" else key): value for key, value in step.items()}
        return _record(document, AmountStep, renamed, at=at)
    if isinstance(step, dict) and "table" in step:
        return _record(document, CellStep, step, at=at)
    way_out = "Write {amount: KEY, to: VALUE, from: DATE} or {table: NAME, rule: ID, column: NAME, to: TEXT}."
    raise ProgrammeBroken(f"{document.place(at)} is no step.", way_out)


def _with_steps(programme: Programme, said: ChangeFile, document: Document) -> Programme:
    for fact in said.facts:
        programme = with_fact(programme, fact)
    for index, step in enumerate(said.set):
        try:
            if isinstance(step, AmountStep):
                since = step.from_ if isinstance(step.from_, date) else None
                programme = with_amount(programme, step.amount, step.to, from_on=since, reference=step.reference)
            else:
                programme = with_cell(programme, step.table, step.rule, step.column, step.to)
        except AljabrError as refusal:
            raise ProgrammeBroken(f"{document.place(('set', index))}: {refusal.what}", refusal.way_out) from refusal
    return programme


def _record(document: Document, record: type[R], given: Any, *, at: tuple[str | int, ...] = ()) -> R:
    try:
        return record.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = (*at, *("from" if part == "from_" else part for part in first["loc"] if not str(part).endswith("]")))
        told = {"missing": "is missing", "extra_forbidden": "is not known here"}.get(first["type"], f"says {first['input']!r}")
        known = ", ".join(name.removesuffix("_") for name in record.model_fields)
        raise ProgrammeBroken(f"{document.place(key)} {told}.", f"The keys here are {known}.", file=document.file) from error

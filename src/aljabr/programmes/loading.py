"""Turns a programme folder into one immutable record.

Order: find the folder, list its files, parse each, hash the content, gather the parts by room, validate. A mistake in the data is
refused with the file, the line, the key and what to write; whether the law makes sense is for `aljabr.programmes.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.content import content_hash, read_documents
from aljabr.programmes.dmn import read_tables
from aljabr.programmes.folder import HEAD, content_files, find_folder
from aljabr.programmes.reading import Document, Key
from aljabr.programmes.records import Amount, Case, DecisionTable, Fund, Letter, Mapping, Programme, Step

R = TypeVar("R", bound=BaseModel)
T = TypeVar("T")

# Keys of the record that come from other files than programme.yaml.
ELSEWHERE = frozenset({"folder", "hash", "amounts", "tables", "procedure", "mappings", "letters", "cases", "funds"})


def load_programme(name_or_path: str | Path) -> Programme:
    """Read a programme.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a shipped programme, or a folder with a ``programme.yaml``.

    Returns
    -------
    Programme
        Everything its files say, with the SHA-256 of their content.

    Raises
    ------
    UsageError
        When there is no such programme.
    ProgrammeBroken
        When a file cannot be used as it stands; names file, line, key and what to write.

    Examples
    --------
    >>> load_programme("IQ-LAW20").currency.exponent
    3
    """
    folder = find_folder(name_or_path)
    files = content_files(folder)
    documents = read_documents(files)
    head = documents[HEAD]
    own = _object(head)
    for key in sorted(ELSEWHERE & own.keys()):
        raise ProgrammeBroken(f"{head.place((key,))} belongs in another file.", f"Move {key} out of {HEAD}.", file=HEAD)
    parts: dict[str, Any] = {
        "folder": folder,
        "hash": content_hash(files, documents),
        "amounts": _unique("amount", _listed(documents, "amounts", record=Amount), key=lambda amount: amount.key),
        "tables": _tables(files),
        "procedure": _unique("step", _steps(documents), key=lambda step: step.key),
        "mappings": _unique("mapping", _single(documents, "intake", record=Mapping), key=lambda mapping: mapping.key),
        "letters": _unique("letter", _letters(documents), key=lambda letter: f"{letter.outcome} in {letter.language}"),
        "cases": _unique("case", _listed(documents, "cases", record=Case), key=lambda case: case.key),
        "funds": _unique("fund", _single(documents, "funds", record=Fund), key=lambda fund: fund.key),
    }
    return _record(head, Programme, {**own, **parts})


def _tables(files: dict[str, Path]) -> tuple[DecisionTable, ...]:
    tables = [table for name, path in files.items() if name.startswith("tables/") for table in read_tables(path)]
    return _unique("table", tables, key=lambda table: table.name)


def _single(documents: dict[str, Document], room: str, *, record: type[R]) -> Iterator[R]:
    """Yield one record per file of a room."""
    for document in _in_room(documents, room):
        yield _record(document, record, _object(document))


def _listed(documents: dict[str, Document], room: str, *, record: type[R]) -> Iterator[R]:
    """Yield the records of a room's files, each a list under the room's name."""
    for document in _in_room(documents, room):
        for index, item in enumerate(_list(document, room)):
            yield _record(document, record, item, at=(room, index))


def _steps(documents: dict[str, Document]) -> Iterator[Step]:
    document = documents.get("procedure.yaml")
    if document is not None:
        for index, item in enumerate(_list(document, "steps")):
            yield _record(document, Step, item, at=("steps", index))


def _letters(documents: dict[str, Document]) -> Iterator[Letter]:
    for document in _in_room(documents, "letters"):
        content = _object(document, only=("language", "letters"))
        letters = content.get("letters")
        if not isinstance(letters, dict):
            raise ProgrammeBroken(f"{document.place(('letters',))} is not an object.", "Write outcome: {subject: …, body: …}.")
        for outcome, text in letters.items():
            given = {"outcome": outcome, "language": content.get("language"), **(text if isinstance(text, dict) else {})}
            yield _record(document, Letter, given, at=("letters", outcome))


def _in_room(documents: dict[str, Document], room: str) -> Iterator[Document]:
    return (document for name, document in documents.items() if name.startswith(f"{room}/"))


def _object(document: Document, *, only: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(document.content, dict):
        raise ProgrammeBroken(f"{document.file} is not an object.", "Write it as key: value lines.", file=document.file)
    for key in sorted(document.content.keys() - set(only)) if only else ():
        raise ProgrammeBroken(
            f"{document.place((key,))} is not known.", f"The keys here are {', '.join(only)}.", file=document.file
        )
    return document.content


def _list(document: Document, key: str) -> list[Any]:
    items = _object(document, only=(key,)).get(key)
    if not isinstance(items, list):
        raise ProgrammeBroken(
            f"{document.place((key,))} is not a list.", f"Write {key}: and one item under each dash.", file=document.file
        )
    return items


def _record(document: Document, record: type[R], given: Any, *, at: Key = ()) -> R:
    try:
        return record.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = (*at, *first["loc"])
        raise ProgrammeBroken(
            f"{document.place(key)}: {_told(first['type'], first['msg'])}.",
            _way_out(record, first),
            file=document.file,
            key=list(key),
        ) from error


def _told(kind: str, message: str) -> str:
    return {"missing": "is missing", "extra_forbidden": "is not known here"}.get(kind, message[:1].lower() + message[1:])


def _way_out(record: type[BaseModel], first: Any) -> str:
    *path, last = first["loc"] or ("",)
    match first["type"]:
        case "missing":
            return f"Add {last}: to it."
        case "extra_forbidden" if not path:
            return f"The keys here are {', '.join(record.model_fields)}."
        case "extra_forbidden":
            return f"Correct or remove {last}."
        case "string_type":
            return "Put it in quotes."
        case _:
            return f"It says {first['input']!r}; correct it."


def _unique(noun: str, items: Iterable[T], *, key: Callable[[T], str]) -> tuple[T, ...]:
    kept: dict[str, T] = {}
    for item in items:
        if key(item) in kept:
            raise ProgrammeBroken(f"The {noun} {key(item)!r} stands twice.", "Keep one of them or give the other its own key.")
        kept[key(item)] = item
    return tuple(kept.values())

"""The files of an exchange with a sealed programme: tokens out, tokens in, and the custodian's answers, which stay with it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from aljabr.errors import SourceBroken, UsageError
from aljabr.linkage.recognition import read_columns
from aljabr.linkage.sealed import SealedPerson, answer_tokens, person_tokens
from aljabr.names.dates import parse_date
from aljabr.names.identifiers import phone
from aljabr.placing import finished_file
from aljabr.relations import Database
from aljabr.runs.tables import read_table

TOKENS = ["record", "kind", "token"]


def write_tokens(source: Path, out: Path, *, secret: Path, exchange: str) -> dict[str, Any]:
    """Turn a list of people into tokens and write them as ``record, kind, token``; ``record`` is the row, 1-based.

    Raises
    ------
    UsageError
        When the list names nobody, or the secret is missing or short.
    """
    rows = person_tokens(_people(source), _secret(secret), exchange=exchange)
    out.parent.mkdir(parents=True, exist_ok=True)
    with finished_file(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([TOKENS, *map(list, rows)])
    return {"tokens": len(rows), "records": len({record for record, _, _ in rows}), "out": str(out)}


def answer_exchange(asked: Path, own: Path, out: Path, *, secret: Path, exchange: str) -> dict[str, Any]:
    """Answer tokens out of the sealed programme's own list, on its custodian's side: ``record, answer, by``.

    Raises
    ------
    SourceBroken
        When the file of tokens is not one.
    """
    held = person_tokens(_people(own), _secret(secret), exchange=exchange)
    answers = answer_tokens(_tokens(asked), held)
    out.parent.mkdir(parents=True, exist_ok=True)
    with finished_file(out) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["record", "answer", "by"])
        writer.writerows([answer.record, "yes" if answer.known else "no", answer.by] for answer in answers)
    return {"asked": len(answers), "yes": sum(answer.known for answer in answers), "out": str(out)}


def _tokens(path: Path) -> list[tuple[str, str, str]]:
    table = read_table(path)
    if not set(TOKENS) <= set(table.column_names):
        raise SourceBroken(f"{path} is no file of tokens.", "It has the columns record, kind and token.")
    return [(str(row["record"]), str(row["kind"]), str(row["token"])) for row in table.select(TOKENS).to_pylist()]


def _secret(path: Path) -> bytes:
    try:
        return path.read_bytes().strip()
    except OSError as error:
        raise UsageError(f"The secret {path} cannot be read: {error}.", "Name the file both sides hold.") from error


def _people(path: Path) -> list[SealedPerson]:
    table = read_table(path)
    with Database() as db:
        db.load("sealed", table)
        found = {reading.meaning: reading.column for reading in read_columns(db, path.name, "sealed")}
    named = [found[m] for m in ("full_name",) if m in found] or [
        found[m] for m in ("given_name", "father_name", "grandfather_name", "surname") if m in found
    ]
    if not named and "id_number" not in found:
        raise UsageError(f"No column of {path} names people.", "Name one full_name or id_number.")
    people = []
    for number, row in enumerate(table.to_pylist(), 1):
        cells = {meaning: str(row[column] or "") for meaning, column in found.items()}
        people.append(
            SealedPerson(
                record=str(number),
                full_name=" ".join(str(row[column] or "") for column in named).strip(),
                birth_year=_year(cells.get("born", "")),
                id_number=cells.get("id_number", ""),
                phone=phone(cells.get("phone", "")) or "",
            )
        )
    return people


def _year(text: str) -> int | None:
    try:
        read = parse_date(text)
    except ValueError:
        return None
    return read.earliest.year if read.earliest.year == read.latest.year else None

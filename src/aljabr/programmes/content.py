r"""Hashes a programme's content: what the files say, not how they are laid out.

YAML files count by their parsed values, so that a comment or an indentation changes nothing; DMN tables and questionnaires count by
the SHA-256 of their bytes (of a table, after line ends are made ``\n``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from aljabr.canonical import digest
from aljabr.programmes.folder import content_files
from aljabr.programmes.reading import Document, read_yaml


def read_documents(files: Mapping[str, Path]) -> dict[str, Document]:
    """Return the parsed YAML files among a programme's files, by path inside the programme.

    Raises
    ------
    ProgrammeBroken
        When a file cannot be read.
    """
    return {name: read_yaml(path, name=name) for name, path in files.items() if path.suffix == ".yaml"}


def programme_hash(folder: Path) -> str:
    """Return the SHA-256 of a programme's content, in hexadecimal.

    Parameters
    ----------
    folder : Path
        A programme folder.

    Raises
    ------
    ProgrammeBroken
        When a file cannot be read or does not belong in a programme.
    """
    files = content_files(folder)
    return content_hash(files, read_documents(files))


def content_hash(files: Mapping[str, Path], documents: Mapping[str, Document]) -> str:
    """Return the hash of files of which the YAML ones are already parsed."""
    return digest(
        {name: _plain(documents[name].content) if name in documents else _bytes_digest(path) for name, path in files.items()}
    )


def _bytes_digest(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".dmn":
        raw = raw.replace(b"\r\n", b"\n")
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case list():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case _:
            return value

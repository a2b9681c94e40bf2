"""The manifest: what went in, which versions worked on it, what came out, file by file; signed with the run's key.

``manifest.json`` lists the SHA-256 of every file of ``OUT`` but itself and its signature; ``manifest.sig`` signs its bytes. A
changed byte anywhere, a removed file or one too many is therefore a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aljabr.canonical import canonical_bytes, parsed
from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger import sign_bytes, verify_bytes
from aljabr.outside import MEBI, digest_regular, list_files, read_regular, shown
from aljabr.relations import file_digest

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
KEYS = frozenset({"aljabr", "as_of", "checks", "files", "fund", "inputs", "letters", "programme", "stages", "versions"})
# Said only of runs whose claims were declared to be invented, whose sources were corrected, or that were asked for other workbooks.
OPTIONAL = frozenset({"mend", "synthetic", "workbooks"})
# A manifest of 100,000 files has 12 MB; no run of a million claims writes a file of 8 GiB.
MAX_MANIFEST, MAX_FILE = 32 * MEBI, 8192 * MEBI
_HEX = re.compile(r"[0-9a-f]{64}")


def write_manifest(folder: Path, content: dict[str, Any], *, run_key: bytes) -> None:
    """Write the manifest of everything now in ``folder`` and sign it."""
    files = {path.relative_to(folder).as_posix(): file_digest(path) for path in _files(folder)}
    body = canonical_bytes({**content, "files": files}) + b"\n"
    (folder / MANIFEST).write_bytes(body)
    (folder / SIGNATURE).write_text(sign_bytes(body, run_key=run_key) + "\n", encoding="ascii")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a run's output.

    Raises
    ------
    CheckFailed
        When it is missing, larger than a manifest can be, is not canonical JSON, or has another form than a run gives it.
    """
    body = read_regular(folder / MANIFEST, limit=MAX_MANIFEST)
    if not body.endswith(b"\n"):
        raise CheckFailed(f"{MANIFEST} has no end of line.", "Somebody rewrote it.")
    try:
        content = parsed(body[:-1])
    except AljabrError as error:
        raise CheckFailed(f"{MANIFEST} cannot be read: {shown(error.what)}", error.way_out) from error
    if not isinstance(content, dict) or set(content) - OPTIONAL != KEYS:
        raise CheckFailed(f"{MANIFEST} has keys of another form.", "It is not the manifest that a run wrote.")
    for key in _misshapen(content):
        raise CheckFailed(f"{MANIFEST} has another form under {key!r}.", "It is not the manifest that a run wrote.")
    return content


def manifest_problems(folder: Path, verifier: str) -> list[str]:
    """Return what speaks against the folder: signature, changed bytes, missing files, files too many, what is no file at all."""
    content = read_manifest(folder)
    problems = [] if _signed(folder, verifier) else [f"{SIGNATURE} does not sign {MANIFEST}"]
    listed: dict[str, str] = content["files"]
    listing = list_files(folder, limit=3 * len(listed) + 1000)
    present = {name: path for name, path in listing.files.items() if name not in (MANIFEST, SIGNATURE)}
    problems += listing.strange
    problems += [f"{shown(name)} is missing" for name in sorted(listed.keys() - present.keys())]
    problems += [f"{shown(name)} is not in the manifest" for name in sorted(present.keys() - listed.keys())]
    problems += [why for name in sorted(listed.keys() & present.keys()) if (why := changed(name, present[name], listed[name]))]
    return problems


def changed(name: str, path: Path, stated: str) -> str:
    """Return that a file has not the digest that is stated of it, or cannot be read within bounds; nothing when it is as stated."""
    try:
        return "" if digest_regular(path, limit=MAX_FILE) == stated else f"{shown(name)} has changed"
    except CheckFailed as failed:
        return f"{shown(name)}: {failed.what}"


def _misshapen(content: dict[str, Any]) -> list[str]:
    """The keys whose values are not of the form that the rest of the check relies on."""
    text = {"aljabr", "as_of", "fund"}
    relations = content["stages"].values() if isinstance(content["stages"], dict) else ()
    holds = {
        **{key: isinstance(content[key], str) for key in text},
        "files": _is_map(content["files"], lambda value: isinstance(value, str) and bool(_HEX.fullmatch(value))),
        "letters": isinstance(content["letters"], list) and all(map(_is_text, content["letters"])),
        "programme": _is_map(content["programme"], _is_text) and content["programme"].keys() == {"key", "hash"},
        "inputs": isinstance(content["inputs"], list),
        "checks": _is_map(content["checks"], lambda value: isinstance(value, dict)),
        "versions": _is_map(content["versions"], _is_text),
        "stages": isinstance(content["stages"], dict) and all(_is_map(stage, _is_count) for stage in relations),
        "synthetic": isinstance(content.get("synthetic", True), bool),
        "mend": isinstance(content.get("mend", []), list),
        "workbooks": isinstance(content.get("workbooks", ""), str),
    }
    return [key for key, well in holds.items() if not well]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_map(value: object, fits: Callable[[Any], bool]) -> bool:
    return isinstance(value, dict) and all(map(fits, value.values()))


def _is_count(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"rows", "digest"} and type(value["rows"]) is int and value["rows"] >= 0


def _signed(folder: Path, verifier: str) -> bool:
    try:
        signature = read_regular(folder / SIGNATURE, limit=1024).decode("ascii")
    except (CheckFailed, UnicodeDecodeError):
        return False
    body = read_regular(folder / MANIFEST, limit=MAX_MANIFEST)
    return signature.endswith("\n") and verify_bytes(body, signature[:-1], verifier=verifier)


def _files(folder: Path) -> list[Path]:
    own = {folder / MANIFEST, folder / SIGNATURE}
    return [path for path in sorted(folder.rglob("*")) if (path.is_symlink() or not path.is_dir()) and path not in own]

"""The manifest: what went in, which versions worked on it, what came out, file by file; signed with the run's key.

``manifest.json`` lists the SHA-256 of every file of ``OUT`` but itself and its signature; ``manifest.sig`` signs its bytes. A
changed byte anywhere, a removed file or one too many is therefore a finding.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from aljabr.canonical import canonical_bytes
from aljabr.errors import CheckFailed
from aljabr.ledger import sign_bytes, verify_bytes
from aljabr.relations import file_digest

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
KEYS = frozenset({"aljabr", "as_of", "checks", "files", "fund", "inputs", "letters", "programme", "stages", "versions"})
# Said only of runs whose claims were declared to be invented, whose sources were corrected, or that were asked for other workbooks.
OPTIONAL = frozenset({"mend", "synthetic", "workbooks"})


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
        When it is missing, is not canonical JSON, or has unknown or missing keys.
    """
    try:
        body = (folder / MANIFEST).read_bytes()
        content = json.loads(body)
    except (OSError, ValueError) as error:
        raise CheckFailed(f"{folder / MANIFEST} cannot be read: {error}.", "Name the folder that a run wrote.") from error
    if not isinstance(content, dict) or set(content) - OPTIONAL != KEYS:
        raise CheckFailed(f"{folder / MANIFEST} has keys of another form.", "It is not the manifest that a run wrote.")
    if canonical_bytes(content) + b"\n" != body:
        raise CheckFailed(f"{folder / MANIFEST} is not in canonical form.", "Somebody rewrote it.")
    return content


def manifest_problems(folder: Path, verifier: str) -> list[str]:
    """Return what speaks against the folder: signature, changed bytes, missing files, files too many."""
    content = read_manifest(folder)
    problems = [] if _signed(folder, verifier) else [f"{SIGNATURE} does not sign {MANIFEST}"]
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    listed: dict[str, str] = content["files"]
    problems += [f"{name} is missing" for name in sorted(listed.keys() - present.keys())]
    problems += [f"{name} is not in the manifest" for name in sorted(present.keys() - listed.keys())]
    changed = (name for name in sorted(listed.keys() & present.keys()) if file_digest(present[name]) != listed[name])
    return problems + [f"{name} has changed" for name in changed]


def _signed(folder: Path, verifier: str) -> bool:
    try:
        signature = (folder / SIGNATURE).read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return False
    body = (folder / MANIFEST).read_bytes()
    return signature.endswith("\n") and verify_bytes(body, signature[:-1], verifier=verifier)


def _files(folder: Path) -> list[Path]:
    own = {folder / MANIFEST, folder / SIGNATURE}
    return [path for path in sorted(folder.rglob("*")) if (path.is_symlink() or not path.is_dir()) and path not in own]

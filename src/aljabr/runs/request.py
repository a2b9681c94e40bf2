"""What a run was asked to do, kept in ``OUT.work`` so that a killed run goes on where it stood.

Two runs of one request end in the same bytes: the date and the run key are part of the request. The run key salts the commitments
and signs the checkpoint; it is derived from the key of this installation, or read from a file, and never written to ``OUT``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from aljabr.canonical import canonical_bytes
from aljabr.errors import UsageError
from aljabr.outside import check_given_file
from aljabr.programmes import refuse_real_claims
from aljabr.programmes.records import Programme
from aljabr.relations import file_digest
from aljabr.runs.writing import LOCK

KEY_VARIABLE = "ALJABR_KEY_FILE"
Workbooks = Literal["auto", "all", "none"]


class RunRequest(BaseModel):
    """One run: programme and its hash, inputs and corrections (``mend``) by content, date, fund, letters, whether invented.

    ``workbooks`` says whether committees get their lists as XLSX: ``auto`` up to 50,000 determinations, ``all``, or ``none``.
    """

    model_config = ConfigDict(frozen=True)
    programme: str
    programme_hash: str
    inputs: dict[str, str]
    overrides: dict[str, str]
    as_of: date
    fund: str
    letters: tuple[str, ...]
    synthetic: bool = False
    mend: dict[str, str] = Field(default_factory=dict)
    workbooks: Workbooks = "auto"

    def digest(self) -> bytes:
        """Return the SHA-256 of everything that decides the output."""
        content = self.model_dump(mode="json", exclude=set(_UNASKED) - self.asked().keys())
        return hashlib.sha256(canonical_bytes(content)).digest()

    def asked(self) -> dict[str, Any]:
        """Return what was asked for beyond what every run does; the manifest names it, so that it can be done again."""
        return {name: getattr(self, name) for name, usual in _UNASKED.items() if getattr(self, name) != usual}


# Parts of a request that stand in its digest and in the manifest only where they were asked for, with what every run does.
_UNASKED: dict[str, Any] = {"synthetic": False, "mend": {}, "workbooks": "auto"}


def new_request(
    programme: Programme,
    files: tuple[Path, ...],
    *,
    overrides: Mapping[str, Path],
    as_of: date | None,
    fund: str,
    letters: tuple[str, ...],
    synthetic: bool = False,
    mend: tuple[Path, ...] = (),
    workbooks: Workbooks = "auto",
) -> RunRequest:
    """Return the request for these files and corrections, by content, at ``as_of`` (today in the programme's zone when None).

    Raises
    ------
    SyntheticOnly
        When the programme takes invented claims only and these are not declared to be.
    UsageError
        When a file is missing, a folder, or given twice, or the fund is unknown.
    """
    refuse_real_claims(programme, synthetic=synthetic)
    inputs: dict[str, str] = {}
    for path in (*files, *_named_files(overrides)):
        digest = _checked_digest(path)
        if digest in inputs.values():
            raise UsageError(f"{path} has the same content as another file of this run.", "Give each source once.")
        if path.name in inputs:
            raise UsageError(f"Two sources are called {path.name}.", "Rename one, so that the record can tell them apart.")
        inputs[path.name] = digest
    if not inputs:
        raise UsageError("No source file was given.", "Name at least one intake file, for example committee.xlsx.")
    return RunRequest(
        programme=programme.key,
        programme_hash=programme.hash,
        inputs=dict(sorted(inputs.items())),
        overrides={name: path.name for name, path in sorted(overrides.items())},
        as_of=as_of or programme.legal_day(),
        fund=_fund_key(programme, fund),
        letters=letters,
        synthetic=synthetic,
        mend={digest: path.name for digest, path in sorted((_checked_digest(path), path) for path in mend)},
        workbooks=workbooks,
    )


def sheet_of(given: Path) -> tuple[Path, str]:
    """Return the file and the sheet that ``FILE#SHEET`` names; a file whose own name holds ``#`` is one.

    Examples
    --------
    >>> sheet_of(Path("2014.xlsx#الموصل")) == (Path("2014.xlsx"), "الموصل")
    True
    """
    name, mark, sheet = given.name.rpartition("#")
    return (given.with_name(name), sheet) if mark and name and not given.exists() else (given, "")


def _named_files(overrides: Mapping[str, Path]) -> list[Path]:
    """Return each file that mappings were named for once, however many of its sheets were named."""
    paths = [sheet_of(given) for given in overrides.values()]
    sheets = list(dict.fromkeys(path for path, sheet in paths if sheet))
    return [*sheets, *(path for path, sheet in paths if not sheet)]


def resume_or_save(request: RunRequest, work: Path, *, as_of_given: bool) -> RunRequest:
    """Return the request kept in ``work`` when it is the same one, keeping its date; save this one when there is none.

    Raises
    ------
    UsageError
        When ``work`` belongs to another request.
    """
    path = work / "request.json"
    if path.exists():
        kept = RunRequest.model_validate_json(path.read_text(encoding="utf-8"))
        asked = request if as_of_given else request.model_copy(update={"as_of": kept.as_of})
        if kept != asked and not any((work / "stages").glob("*/done.json")):
            _forget(work)  # nothing was finished under the other request, so nothing is lost
            return resume_or_save(request, work, as_of_given=as_of_given)
        if kept != asked:
            raise UsageError(f"{work} belongs to another run.", f"Choose another --out, or delete {work} to start afresh.")
        return kept
    work.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(request.model_dump(mode="json"), indent=1, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
    return request


def _forget(work: Path) -> None:
    """Remove what another request left, but for the lock that is held."""
    for entry in work.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()


def run_key(request: RunRequest, work: Path, *, key_file: Path | None) -> bytes:
    """Return the 32-byte key of this run, kept in ``work/run.key`` and readable by its owner alone."""
    path = work / "run.key"
    if not path.exists():
        key = hmac.digest(_installation_key(key_file), request.digest(), "sha256")
        _write_secret(path, key.hex())
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _installation_key(key_file: Path | None) -> bytes:
    named = key_file or (Path(os.environ[KEY_VARIABLE]) if KEY_VARIABLE in os.environ else None)
    if named:
        if not named.is_file():
            raise UsageError(f"The key file {named} does not exist.", "Name an existing file, or leave the option out.")
        return named.read_bytes()
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "aljabr" / "installation.key"
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        _write_secret(home, secrets.token_hex(32))
    return home.read_bytes()


def _write_secret(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as stream:
        stream.write(text)
    unfinished.replace(path)


def _checked_digest(path: Path) -> str:
    check_given_file(path)
    try:
        return file_digest(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error


def _fund_key(programme: Programme, fund: str) -> str:
    if "award" not in programme.stages:
        return ""
    known = [entry.key for entry in programme.funds]
    way_out = f"Choose one with --fund: {', '.join(known) or 'none is defined'}."
    if not fund:
        raise UsageError(f"{programme.key} pays from a fund, and none was named.", way_out)
    if fund not in known:
        raise UsageError(f"{programme.key} has no fund {fund!r}.", way_out)
    return fund

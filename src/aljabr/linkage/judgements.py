"""What people say of pairs: an append-only file of acts, and the standing judgement of every pair.

An act is one line of ``judgements.jsonl``: a judgement (positive, negative, unsure) or the withdrawal of one. Nothing is ever
rewritten: a reviewer who changes their mind adds an act, and two reviewers who disagree both stand, as a dispute. Each act names
the act before it, so that a changed or removed line in between is found. Records are named by ids made from the source's SHA-256
and the row, which a re-run makes again; the sources themselves are never touched.

Writing: lock, set a torn last line aside, append one line of canonical bytes, fsync, unlock.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aljabr.canonical import canonical_bytes, digest
from aljabr.errors import AljabrError, CheckFailed, UsageError
from aljabr.relations import Database, relation

FILE, LOCK, TORN = "judgements.jsonl", "judgements.lock", "judgements.torn"
VERDICTS = ("positive", "negative", "unsure")
DISPUTED = "disputed"
_TAIL_BYTES = 65_536
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One human edge between two records, as it stands after all acts.

    Parameters
    ----------
    judgement_id : str
        Prefix ``jdg_`` and a hash of the act and of the act before it.
    left_record, right_record : str
        Ids of the records, the smaller one left.
    verdict : str
        ``positive`` (one person), ``negative`` (two persons) or ``unsure``.
    judged_by : str
        Who judged, as they signed.
    judged_at : str
        Instant in UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
    withdrawn_at : str or None
        When it was taken back, by whoever did; None while it stands.
    reason : str
        In the reviewer's words; may be empty.
    """

    judgement_id: str
    left_record: str
    right_record: str
    verdict: str
    judged_by: str
    judged_at: str
    withdrawn_at: str | None
    reason: str

    @property
    def pair(self) -> Pair:
        """The two records, in order."""
        return self.left_record, self.right_record


@dataclass(frozen=True, kw_only=True)
class JudgementBook:
    """Everything that was ever judged, in the order of the acts.

    Parameters
    ----------
    judgements : tuple of Judgement
        All of them, withdrawn ones included.
    torn : str
        What a write that was cut off left at the end of the file; empty when nothing.
    """

    judgements: tuple[Judgement, ...]
    torn: str = ""

    def standing(self) -> dict[Pair, tuple[Judgement, ...]]:
        """Return, per pair, the last judgement of each reviewer that was not taken back, in the order they were made."""
        last: dict[tuple[Pair, str], Judgement] = {}
        for judgement in self.judgements:
            if judgement.withdrawn_at is None:
                last.pop((judgement.pair, judgement.judged_by), None)
                last[judgement.pair, judgement.judged_by] = judgement
        standing: dict[Pair, tuple[Judgement, ...]] = {}
        for (pair, _), judgement in last.items():
            standing[pair] = (*standing.get(pair, ()), judgement)
        return standing

    def verdicts(self) -> dict[Pair, str]:
        """Return one verdict per judged pair: what its reviewers agree on, or ``disputed`` when one says yes and another no.

        A reviewer who is unsure contradicts nobody.
        """
        return {pair: _agreed({judgement.verdict for judgement in found}) for pair, found in sorted(self.standing().items())}


def _agreed(verdicts: set[str]) -> str:
    firm = verdicts - {"unsure"}
    if len(firm) > 1:
        return DISPUTED
    return firm.pop() if firm else "unsure"


def record_judgement(
    folder: Path, records: Pair, verdict: str, *, judged_by: str, judged_at: datetime, reason: str = ""
) -> Judgement:
    """Add one judgement of a pair to the file, on disk when this returns.

    Parameters
    ----------
    folder : Path
        Where the judgements lie; made when missing.
    records : pair of str
        The ids of two records, in either order.
    verdict : {"positive", "negative", "unsure"}
        Whether they are one person.
    judged_by, reason : str
        Who says so, and why.
    judged_at : datetime
        An instant with its time zone.

    Raises
    ------
    UsageError
        On an unknown verdict, one record given twice, or nobody named.
    CheckFailed
        When a line of the file was changed since it was written.
    """
    left, right = sorted(records)
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is no verdict.", f"Choose {', '.join(VERDICTS)}.")
    if left == right or not left:
        raise UsageError("A record cannot be judged against itself.", "Name two records.")
    act = {"act": "judge", "left_record": left, "right_record": right, "verdict": verdict, "reason": reason.strip()}
    with _locked(folder):
        written = _append(folder, {**act, "by": _name(judged_by), "at": _instant(judged_at)})
    return Judgement(
        judgement_id=written["id"],
        left_record=left,
        right_record=right,
        verdict=verdict,
        judged_by=written["by"],
        judged_at=written["at"],
        withdrawn_at=None,
        reason=written["reason"],
    )


def withdraw_judgement(
    folder: Path, judgement_id: str, *, withdrawn_by: str, withdrawn_at: datetime, reason: str = ""
) -> Judgement:
    """Take one judgement back by an act of its own and return it as it now stands; the judgement stays in the file.

    Raises
    ------
    UsageError
        When there is no such judgement, or it was taken back before.
    CheckFailed
        When a line of the file was changed since it was written.
    """
    with _locked(folder):
        known = {judgement.judgement_id: judgement for judgement in read_judgements(folder).judgements}
        if judgement_id not in known:
            raise UsageError(f"There is no judgement {judgement_id}.", "Name one that stands in judgements.jsonl.")
        if known[judgement_id].withdrawn_at is not None:
            raise UsageError(f"The judgement {judgement_id} was taken back before.", "Judge the pair anew.")
        act = {"act": "withdraw", "judgement_id": judgement_id, "reason": reason.strip()}
        _append(folder, {**act, "by": _name(withdrawn_by), "at": _instant(withdrawn_at)})
    return next(judgement for judgement in read_judgements(folder).judgements if judgement.judgement_id == judgement_id)


def read_judgements(folder: Path) -> JudgementBook:
    """Return everything judged so far; an empty book when nothing was.

    Raises
    ------
    CheckFailed
        When a whole line is no act, or was changed, moved or taken out since it was written.
    """
    acts, torn = _read(folder)
    found: dict[str, Judgement] = {}
    for act in acts:
        if act["act"] == "judge":
            found[act["id"]] = Judgement(
                judgement_id=act["id"],
                left_record=act["left_record"],
                right_record=act["right_record"],
                verdict=act["verdict"],
                judged_by=act["by"],
                judged_at=act["at"],
                withdrawn_at=None,
                reason=act["reason"],
            )
        elif act["judgement_id"] in found:
            back = found[act["judgement_id"]]
            found[back.judgement_id] = Judgement(**{**vars(back), "withdrawn_at": act["at"]})
    return JudgementBook(judgements=tuple(found.values()), torn=torn.decode("utf-8", errors="replace"))


def load_judgements(db: Database, folder: Path | None) -> JudgementBook:
    """Fill the relation ``judgements`` with everything judged, withdrawn or not; empty without a folder.

    Parameters
    ----------
    db : Database
        Gets the relation; judgements of one pair by one reviewer in one second are one row.
    folder : Path or None
        Where the judgements lie.
    """
    book = read_judgements(folder) if folder else JudgementBook(judgements=())
    columns = list(relation("judgements").columns)
    # Of two acts of one reviewer on one pair within a second, the later stands for both.
    last = {(*judgement.pair, judgement.judged_at, judgement.judged_by): judgement for judgement in book.judgements}
    db.load_rows("_told", dict.fromkeys(columns, "TEXT"), [[vars(last[key])[name] for name in columns] for key in sorted(last)])
    db.create("judgements")
    db.execute("INSERT INTO judgements FROM _told")
    db.execute("DROP TABLE _told")
    return book


def _read(folder: Path) -> tuple[list[dict[str, Any]], bytes]:
    """Return the acts and the bytes of a torn last line."""
    try:
        body = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return [], b""
    whole, _, torn = body.rpartition(b"\n")
    return list(_checked(whole.split(b"\n") if whole else [], folder / FILE)), torn


def _checked(lines: Iterable[bytes], path: Path, *, first: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the acts of lines that follow one another, from the file's first line or from somewhere within."""
    before = "" if first else None
    for number, line in enumerate(lines, start=1):
        try:
            act = json.loads(line)
            body = {key: value for key, value in act.items() if key != "id"}
            sound = act["id"] == _id(body) and before in (None, body["after"]) and canonical_bytes(act) == line
        except (ValueError, KeyError, AttributeError, RecursionError, AljabrError):
            sound = False
        if not sound:
            where = f"Line {number}" if first else "The last line"
            raise CheckFailed(f"{where} of {path} is not as it was written.", "Put the file back from a copy.")
        before = act["id"]
        yield act


def _append(folder: Path, act: dict[str, str]) -> dict[str, str]:
    last, torn = _tail(folder / FILE)
    if torn:
        _set_aside(folder, torn)
    act = {**act, "after": last}
    act = {**act, "id": _id(act)}
    with (folder / FILE).open("ab") as stream:
        stream.write(canonical_bytes(act) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    if not last:
        _sync_folder(folder)
    return act


def _tail(path: Path) -> tuple[str, bytes]:
    """Return the id of the last whole act, without reading the acts before it, and the bytes after its line."""
    if not path.exists():
        return "", b""
    with path.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END)
        body, start = b"", end
        while start and body.count(b"\n") < 2:
            start = max(0, start - _TAIL_BYTES)
            stream.seek(start)
            body = stream.read(end - start)
    whole, _, torn = body.rpartition(b"\n")
    if not whole:
        return "", torn
    act = next(iter(_checked([whole.rpartition(b"\n")[2]], path, first=False)))
    return str(act["id"]), torn


def _set_aside(folder: Path, torn: bytes) -> None:
    """Keep the cut-off bytes in a file of their own, then end the judgements at the last whole line."""
    with (folder / TORN).open("ab") as stream:
        stream.write(torn + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    with (folder / FILE).open("r+b") as stream:
        stream.truncate((folder / FILE).stat().st_size - len(torn))
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _id(act: dict[str, str]) -> str:
    prefix = "jdg_" if act["act"] == "judge" else "wdr_"
    return prefix + digest(act)[:20]


def _name(who: str) -> str:
    if not who.strip():
        raise UsageError("Nobody is named as the reviewer.", "Give a name: a judgement is somebody's.")
    return who.strip()


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise UsageError("The instant has no time zone.", "Give it in UTC.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

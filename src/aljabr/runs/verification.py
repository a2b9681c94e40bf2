"""The three kinds of checking: as the holder of a run, as anybody, as the claimant with an opening.

The holder's check recomputes every stage after intake from the private relations, in a folder of its own, and compares digests and
bytes; it needs neither the run key nor the sources. Anybody's check uses the public folder alone. An opening is checked against the
public folder, and its determination computed again by the reference interpreter from its facts.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from aljabr.accidents import accident_of
from aljabr.canonical import json_value
from aljabr.errors import AljabrError, CheckFailed, UsageError
from aljabr.formats.payment_check import payment_file_problems
from aljabr.ledger import recommit, verify_opening, verify_public
from aljabr.ledger.publication import MAX_LEAVES, read_verifier
from aljabr.outside import MEBI, list_files, read_regular, shown
from aljabr.programmes import load_programme
from aljabr.programmes.records import Programme
from aljabr.relations import Database, file_digest
from aljabr.relations.bounds import table_problem
from aljabr.rules import recompute
from aljabr.runs.assembly import PARTS
from aljabr.runs.job import Progress, run_stage
from aljabr.runs.manifest import MANIFEST, changed, manifest_problems, read_manifest
from aljabr.runs.payments import PAYMENT_FILE
from aljabr.runs.publication import commitment_leaf, is_of_the_tree, write_aggregates
from aljabr.runs.request import RunRequest
from aljabr.runs.stages import STAGES, Stage
from aljabr.runs.writing import scratch_folder, write_finished

MAX_OPENING = 4 * MEBI


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a check looked at and what speaks against the folder; no problem means it holds."""

    kind: str
    checked: tuple[str, ...]
    problems: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Return the finding for machines."""
        return {"kind": self.kind, "holds": not self.problems, "checked": list(self.checked), "problems": list(self.problems)}

    def lines(self) -> list[str]:
        """Return the finding for people."""
        head = [f"✓ {entry}" for entry in self.checked] if not self.problems else [f"✗ {problem}" for problem in self.problems[:50]]
        rest = [f"… and {len(self.problems) - 50} more"] if len(self.problems) > 50 else []
        return [*head, *rest, "It holds." if not self.problems else "It does NOT hold."]


def verify(folder: Path, *, opening: Path | None = None, progress: Progress) -> Verification:
    """Check a run's output, its public part, or one opening against the public part.

    Raises
    ------
    UsageError
        When the folder or the opening is neither.
    """
    if opening:
        content = _read_opening(opening)
        return _answered("opening", lambda: _verify_opening(folder, content))
    if is_there(folder / MANIFEST):
        return _answered("held", lambda: _verify_held(folder, progress))
    if is_there(folder / "checkpoint"):
        return _answered("public", lambda: _verify_public(folder))
    raise UsageError(
        f"{folder} is neither a run's output nor its public part.", "Name the folder given to --out, or its public folder."
    )


def is_there(path: Path) -> bool:
    """Return whether something of that name is there, whatever it is."""
    return os.path.lexists(path)


def _answered(kind: str, check: Callable[[], Verification]) -> Verification:
    """Answer with a finding whatever somebody put into the folder; what befalls this machine is not the folder's fault."""
    try:
        return check()
    except AljabrError as error:
        return Verification(kind=kind, checked=(), problems=(shown(str(error), limit=500),))
    except Exception as error:
        if accident := accident_of(error):
            raise accident from error
        why = f"It cannot be checked, because something in it has another form: {type(error).__name__}: {error}"
        return Verification(kind=kind, checked=(), problems=(shown(why, limit=500),))


def _verify_public(folder: Path) -> Verification:
    problems = verify_public(folder) or _public_file_problems(folder)
    return Verification(
        kind="public",
        checked=("the checkpoint is signed", "the tree has the signed root", "every public file is a leaf of the tree"),
        problems=tuple(problems),
    )


def _public_file_problems(folder: Path) -> list[str]:
    leaves = _leaves(folder)
    listed = {leaf["path"]: leaf["sha256"] for leaf in leaves if leaf.get("kind") == "file"}
    listing = list_files(folder, limit=3 * len(listed) + len(leaves) // 20 + 1000)  # a tile holds 256 leaves
    present = {name: path for name, path in listing.files.items() if not is_of_the_tree(name)}
    problems = list(listing.strange)
    problems += [f"{shown(name)} is missing" for name in sorted(listed.keys() - present.keys())]
    problems += [f"{shown(name)} is not in the tree" for name in sorted(present.keys() - listed.keys())]
    both = sorted(listed.keys() & present.keys())
    return problems + [why for name in both if (why := changed(name, present[name], listed[name]))]


def _leaves(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read_regular(folder / "leaves", limit=MAX_LEAVES).splitlines()]


def _verify_opening(folder: Path, opening: dict[str, Any]) -> Verification:
    public = folder if is_there(folder / "checkpoint") else folder / "public"
    problems = [*verify_public(public), *verify_opening(public, opening)]
    if not problems:
        programme = load_programme(str(public / "programme"))
        problems += [shown(problem, limit=500) for problem in opening_differences(programme, opening)]
    checked = ("the commitment opens", "it is in the signed tree", "the reference interpreter comes to the same determination")
    return Verification(kind="opening", checked=checked, problems=tuple(problems))


def _read_opening(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise UsageError(f"There is no file {shown(str(path))}.", "Write one with aljabr ledger open.")
    try:
        content = json_value(read_regular(path, limit=MAX_OPENING))
    except AljabrError as error:
        why = shown(error.what)
        raise UsageError(f"{shown(str(path))} cannot be read as an opening: {why}", "Write one with aljabr ledger open.") from error
    if not isinstance(content, dict):
        raise UsageError(
            f"{shown(str(path))} cannot be read as an opening: it is a list or a value.", "Write one with aljabr ledger open."
        )
    return content


def opening_differences(programme: Programme, opening: dict[str, Any]) -> list[str]:
    """Return where the determination in an opening differs from the one its facts give under ``programme``."""
    stated = opening["opening"]["determination"]
    computed = recompute(programme, opening["opening"]["facts"])
    fields = ("outcome", "ground", "amount_minor", "tier", "body", "legal_basis", "rule_hits", "missing_facts")
    differ = [name for name in fields if stated[name] != computed[name]]
    hashed = [] if opening["opening"]["programme_hash"] == programme.hash else ["the opening was made under another programme"]
    return hashed + [f"{name} is {stated[name]!r}, the facts give {computed[name]!r}" for name in differ]


def _verify_held(folder: Path, progress: Progress) -> Verification:
    checked = ["every file is listed, present and unchanged, and the manifest is signed"]
    try:
        if (folder / "public").is_symlink():
            raise CheckFailed("public is a link, not a folder.", "No run writes such a thing.")
        public = verify_public(folder / "public") or _public_file_problems(folder / "public")
        verifier = read_verifier(folder / "public").strip()
        problems = [*manifest_problems(folder, verifier), *(f"public/{problem}" for problem in public)]
        problems = problems or _bound_problems(folder, read_manifest(folder))
    except AljabrError as error:
        problems = [shown(str(error), limit=500)]
    if not problems:
        with scratch_folder("aljabr-verify-") as temporary:
            problems = _recomputed_problems(folder, temporary, progress)
        checked.append("every stage after intake, computed again, gives the same rows, letters, payment files, lists and report")
        checked.append("every commitment opens to its determination")
    return Verification(kind="held", checked=tuple(checked), problems=tuple(problems))


def _bound_problems(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """What must not be loaded, and what must not go to a bank, in a folder whose files are as it states."""
    problems = []
    for relations in manifest["stages"].values():
        for name, stated in relations.items():
            if why := table_problem(folder / "private" / "relations" / f"{name}.parquet", rows=stated["rows"]):
                problems.append(f"private/relations/{shown(name)}.parquet {why}")
    payments = folder / "private" / "payments" / PAYMENT_FILE
    if is_there(payments):
        problems += [f"private/payments/{PAYMENT_FILE}: {shown(problem)}" for problem in payment_file_problems(payments)]
    return problems


def _recomputed_problems(folder: Path, work: Path, progress: Progress) -> list[str]:
    manifest = read_manifest(folder)
    programme = load_programme(str(folder / "public" / "programme"))
    if programme.hash != manifest["programme"]["hash"]:
        return [f"public/programme has the hash {programme.hash}, the manifest says {manifest['programme']['hash']}"]
    stages = [stage for stage in STAGES if stage.name in programme.stages]
    _lay_out(folder, work, manifest, stages)
    request = _request(manifest)
    problems: list[str] = []
    for position, stage in enumerate(stages):
        progress(f"checking {stage.name}", position, len(stages))
        if stage.name == "publish":
            problems += _publication_problems(folder, work, programme)
        elif stage.name != "intake":
            done = run_stage(stage, programme, request, work, paths={}, key=b"")
            problems += _digest_problems(done["relations"], manifest["stages"][stage.name])
        problems += _file_problems(work / "stages" / stage.name, folder)
    return problems


def _lay_out(folder: Path, work: Path, manifest: dict[str, Any], stages: list[Stage]) -> None:
    for stage in stages:
        if stage.name in {"intake", "publish"}:
            place = work / "stages" / stage.name
            place.mkdir(parents=True)
            for name in stage.writes:
                shutil.copyfile(folder / "private" / "relations" / f"{name}.parquet", place / f"{name}.parquet")
            notes = {"sources": manifest["inputs"]} if stage.name == "intake" else manifest["checks"][stage.name]
            done = {"relations": manifest["stages"][stage.name], "notes": notes}
            (place / "done.json").write_text(json.dumps(done), encoding="utf-8")
    if (folder / "private" / "mend").is_dir():  # made from the sources, which a check does not have; the report names its files
        shutil.copytree(folder / "private" / "mend", work / "stages" / "intake" / "mend", copy_function=shutil.copyfile)


def _request(manifest: dict[str, Any]) -> RunRequest:
    return RunRequest(
        programme=manifest["programme"]["key"],
        programme_hash=manifest["programme"]["hash"],
        inputs={},
        overrides={},
        as_of=date.fromisoformat(manifest["as_of"]),
        fund=manifest["fund"],
        letters=tuple(manifest["letters"]),
        **{name: manifest[name] for name in ("synthetic", "workbooks") if name in manifest},
    )


def _digest_problems(computed: dict[str, Any], listed: dict[str, Any]) -> list[str]:
    return [f"{name}, computed again, has other rows" for name, entry in computed.items() if entry != listed.get(name)]


def _file_problems(stage_folder: Path, folder: Path) -> list[str]:
    pairs: list[tuple[Path, Path]] = [(stage_folder / "report.html", folder / "report.html")]
    for part in PARTS:
        pairs += [(path, folder / "private" / part / path.name) for path in sorted((stage_folder / part).glob("*"))]
    pairs += [(path, folder / "private" / "relations" / path.name) for path in sorted(stage_folder.glob("*.parquet"))]
    same: Callable[[Path, Path], bool] = lambda one, other: other.exists() and file_digest(one) == file_digest(other)  # noqa: E731
    return [
        f"{theirs.relative_to(folder)}, written again, has other bytes"
        for ours, theirs in pairs
        if ours.exists() and not same(ours, theirs)
    ]


def _publication_problems(folder: Path, work: Path, programme: Programme) -> list[str]:
    problems = []
    stage = next(stage for stage in STAGES if stage.name == "publish")
    with Database() as db:
        for name in (*stage.reads, *stage.writes):
            source = folder / "private" / "relations"
            if (source / f"{name}.parquet").exists():
                db.read(name, source)
            else:
                db.create(name)
        stated = [row[0] for row in db.rows("SELECT commitment FROM commitments ORDER BY commitment")]
        if [leaf["commitment"] for leaf in _leaves(folder / "public") if leaf["kind"] == "determination"] != stated:
            problems.append("the tree does not hold the private commitments")
        if recommit(db, programme) != stated:
            problems.append("a commitment does not open to its determination and facts")
        write_aggregates(db, programme, work / "aggregates")
    for path in sorted((work / "aggregates").iterdir()):
        published = folder / "public" / "aggregates" / path.name
        if not published.exists() or published.read_bytes() != path.read_bytes():
            problems.append(f"public/aggregates/{path.name}, computed again, is different")
    return problems


def write_opening(folder: Path, reference: str, to: Path) -> None:
    """Write the opening of the determination that a claim reference, claim id or determination id names.

    Raises
    ------
    UsageError
        When it names none, or more than one.
    """
    from aljabr.ledger import opening

    programme = load_programme(str(folder / "public" / "programme"))
    with Database() as db:
        for name in ("claims", "determinations", "facts", "commitments"):
            db.read(name, folder / "private" / "relations")
        found = db.rows(
            "SELECT determination_id FROM determinations JOIN claims USING (claim_id) "
            "WHERE $1 IN (reference, claim_id, determination_id, item_id) ORDER BY determination_id",
            [reference],
        )
        if len(found) != 1:
            raise UsageError(f"{reference!r} names {len(found)} determinations of {folder}.", "Give the determination id itself.")
        content = opening(db, programme, found[0][0], public=folder / "public")
    if to.exists():
        raise CheckFailed(f"{to} already exists.", "Choose another --to.")
    write_finished(to, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


__all__ = ["Verification", "commitment_leaf", "opening_differences", "verify", "write_opening"]

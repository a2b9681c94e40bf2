"""Takes files in: source rows become source_records, mentions, claims, items, exhibits and issues, set by set.

Order: every file is matched to its mapping; each is read into one typed table; the rules that need two values of a row speak; rows
with a refused value are quarantined; the others are taken. At the end rows in = accepted + quarantined is checked for every
source; blank rows are no rows in and are counted apart. Every sheet of a workbook that a mapping knows is a source. The order in
which files are given changes nothing. No row is ever dropped, and no bad row stops a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import CheckFailed, UsageError
from aljabr.formats import Source, match_sources
from aljabr.programmes.records import Mapping, Programme
from aljabr.relations import Database
from aljabr.runs.account_doubts import doubt_accounts
from aljabr.runs.facts import fact_columns
from aljabr.runs.intake_values import FOUND, PLACES, Progress, read_source, value_columns
from aljabr.runs.mending import Mending
from aljabr.runs.request import sheet_of

WRITES = ("source_records", "issues", "person_records", "relationships", "claims", "claim_items", "exhibits")
_STEPS = (
    "plain_name", "core_rules", "repeated_references", "forget_impossible_births", "own_victims", "quarantined", "source_records",
    "issues", "accepted", "person_records", "relationships", "claim_items", "claims", "exhibits",
)  # fmt: skip
_SCRATCH = ("_values", "_refused", "_found", "_places", "_sources", "_harms", "_quarantined", "_accepted")


@dataclass(frozen=True, kw_only=True)
class SourceSummary:
    """What became of one source; ``rows`` = ``accepted`` + ``quarantined``, and ``blank`` rows are none of them.

    ``said`` and ``unread`` are sentences on how the file was read and which sheets were not; ``passed_over`` stands above the
    header.
    """

    name: str
    path: Path
    sha256: str
    mapping: str
    kind: str
    encoding: str
    dialect: str
    rows: int
    accepted: int
    quarantined: int
    headers_read_as: str = ""
    blank: int = 0
    header_row: int = 0
    passed_over: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def manifest_entry(self) -> dict[str, Any]:
        """Return everything but the path, which differs between machines; what there is nothing to say of is left out."""
        names = ("name", "sha256", "mapping", "kind", "encoding", "dialect", "rows", "accepted", "quarantined", "blank")
        entry: dict[str, Any] = {name: getattr(self, name) for name in names}
        lists = {"passed_over": self.passed_over, "said": self.said, "unread_sheets": self.unread}
        if self.passed_over:
            entry["header_row"] = self.header_row
        if self.headers_read_as:
            entry["headers_read_as"] = self.headers_read_as
        return entry | {name: list(lines) for name, lines in lists.items() if lines}


def take_in(
    db: Database,
    programme: Programme,
    files: Sequence[Path],
    *,
    overrides: Pairs[str, Path] | None = None,
    mending: Mending | None = None,
    progress: Progress | None = None,
) -> list[SourceSummary]:
    """Fill the seven relations of a case from source files.

    Parameters
    ----------
    db : Database
        Gets ``source_records``, ``issues``, ``person_records``, ``relationships``, ``claims``, ``claim_items`` (with the
        programme's intake facts as columns) and ``exhibits``, all made anew.
    programme : Programme
        Its mappings, harms, relations and facts.
    files : sequence of Path
        Each is matched to a mapping by its header.
    overrides : mapping of str to Path, optional
        Mapping key to file, or to ``FILE#SHEET`` for one sheet of a workbook: it is read with that mapping; the file may also
        stand among ``files``.
    mending : Mending, optional
        Corrections for cells of these files, applied before anything is interpreted.
    progress : callable, optional
        Called with a source's name and its rows read so far.

    Returns
    -------
    list of SourceSummary
        One per source, by name.

    Raises
    ------
    UsageError
        When no file is given, one does not exist, or one is given twice; when a correction fits no file or contradicts another.
    SourceBroken, MappingBroken
        When a file as a whole cannot be read, or no mapping or more than one fits.
    CheckFailed
        When a row was lost, which must never happen.
    """
    pairs = _match(programme, files, overrides or {})
    mending = mending or Mending()
    mending.begin(pairs)
    _prepare(db, programme)
    counted = []
    for source, mapping in pairs:
        rows, blank = read_source(db, programme, source, mapping, mending=mending, progress=progress)
        counted.append((source.counted(rows, blank=blank), mapping))
    columns = {"source": "TEXT", "rows": "BIGINT", "mapping": "TEXT"}
    db.load_rows("_sources", columns, [(source.name, source.rows, mapping.key) for source, mapping in counted])
    facts = "".join(f', "fact.{name}" AS "{name}"' for name in fact_columns(programme))
    statements = _statements()
    doubt_accounts(db)
    for step in _STEPS:
        db.execute(statements[step].replace("{facts}", facts))
    return _summaries(db, counted, statements["balance"])


def _summaries(db: Database, counted: Sequence[tuple[Source, Mapping]], query: str) -> list[SourceSummary]:
    balance = _balance(db, query)
    summaries = [_summary(source, mapping, counts) for (source, mapping), counts in zip(counted, balance, strict=True)]
    for name in _SCRATCH:
        db.execute(f"DROP TABLE IF EXISTS {name}")
    return summaries


def _match(programme: Programme, files: Sequence[Path], overrides: Pairs[str, Path]) -> list[tuple[Source, Mapping]]:
    named: dict[Path, list[tuple[str, str]]] = {}
    for key, given in overrides.items():
        path, sheet = sheet_of(given)
        named.setdefault(path.resolve(), []).append((key, sheet))
    twice = [path for path, count in Counter(path.resolve() for path in files).items() if count > 1]
    twice += [path for path, said in named.items() if len(said) > 1 and len({sheet for _, sheet in said} - {""}) < len(said)]
    if twice:
        raise UsageError(f"{twice[0].name} is given twice.", "Give each source once.")
    paths = {path.resolve(): path for path in (*files, *(sheet_of(given)[0] for given in overrides.values()))}
    if not paths:
        raise UsageError("No source file was given.", "Name at least one intake file.")
    found = {path: match_sources(path, programme.mappings, named=named.get(real, ())) for real, path in paths.items()}
    for what in ("sha256", "file"):
        values = {path: path.name if what == "file" else pairs[0][0].sha256 for path, pairs in found.items()}
        repeated = [value for value, count in Counter(values.values()).items() if count > 1]
        if repeated:
            same = [str(path) for path, value in values.items() if value == repeated[0]]
            noun = "content" if what == "sha256" else "name"
            raise UsageError(f"{' and '.join(same)} have the same {noun}.", "Give each source once, under a name of its own.")
    return sorted((pair for pairs in found.values() for pair in pairs), key=lambda pair: pair[0].name)


def _prepare(db: Database, programme: Programme) -> None:
    for name in WRITES:
        db.create(name, fact_columns(programme) if name == "claim_items" else None)
    tables = {
        "_values": value_columns(programme),
        "_refused": {"record_id": "TEXT", "source": "TEXT", "row": "BIGINT", "line": "BIGINT"},
        "_found": FOUND,
        "_places": PLACES,
    }
    for name, columns in tables.items():
        spelled = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        db.execute(f"CREATE OR REPLACE TABLE {name} ({spelled})")
    db.load_rows("_harms", {"code": "TEXT", "victim_is_other": "BOOLEAN"}, [(h.code, h.victim_is_other) for h in programme.harms])


def _statements() -> dict[str, str]:
    text = Path(__file__).with_name("intake.sql").read_text(encoding="utf-8")
    parts = (part.split("\n", 1) for part in text.split("-- name: ")[1:])
    return {name.strip(): sql.strip().rstrip(";") for name, sql in parts}


def _balance(db: Database, query: str) -> list[tuple[int, int]]:
    counts = []
    for source, rows, recorded, accepted, quarantined in db.rows(query):
        if not rows == recorded == accepted + quarantined:
            what = f"{source} has {rows} rows, but {accepted} were accepted and {quarantined} quarantined."
            raise CheckFailed(what, "Report this: no row may be lost.")
        counts.append((accepted, quarantined))
    claims, taken = db.value("SELECT count(*) FROM claims"), sum(accepted for accepted, _ in counts)
    if claims != taken:
        raise CheckFailed(f"{taken} rows were accepted, but they became {claims} claims.", "Report this: no row may be lost.")
    return counts


def _summary(source: Source, mapping: Mapping, counts: tuple[int, int]) -> SourceSummary:
    accepted, quarantined = counts
    return SourceSummary(
        name=source.name,
        path=source.path,
        sha256=source.sha256,
        mapping=mapping.key,
        kind=source.kind,
        encoding=source.encoding,
        dialect=source.dialect,
        rows=accepted + quarantined,
        accepted=accepted,
        quarantined=quarantined,
        headers_read_as="; ".join(f"{found!r} as {wanted!r}" for wanted, found in source.spellings.items()),
        blank=source.blank,
        header_row=source.header_line,
        passed_over=source.passed_over,
        said=source.said,
        unread=source.unread,
    )

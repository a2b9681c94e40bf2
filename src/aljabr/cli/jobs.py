"""The jobs: run, verify, link, assess, sample, demo."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from aljabr.cli.printing import AsOf, Json, Out, ProgrammeName, Synthetic, day_of, print_result
from aljabr.cli.progress import Quiet, progress_bar
from aljabr.errors import UsageError


class Lists(StrEnum):
    """When determinations are written as workbooks."""

    auto = "auto"
    all = "all"
    none = "none"


def run(  # noqa: PLR0913 - each is an option of the command
    programme: ProgrammeName,
    files: Annotated[list[Path] | None, typer.Argument(help="Intake files: CSV, XLSX, Kobo exports, JSON lines.")] = None,
    out: Out = Path("out"),
    source: Annotated[list[str] | None, typer.Option(help="NAME=FILE or NAME=FILE#SHEET: read it with the mapping NAME.")] = None,
    as_of: AsOf = None,
    fund: Annotated[str, typer.Option(help="Key of the fund to pay from; aljabr programme show lists them.")] = "",
    letter: Annotated[list[str] | None, typer.Option(help="Reference of a claim whose letters to render; repeatable.")] = None,
    key: Annotated[Path | None, typer.Option(help="File with the secret the run key is derived from.")] = None,
    synthetic: Synthetic = False,
    mend: Annotated[
        list[Path] | None, typer.Option(help="Workbook of OUT/private/mend with corrections, or CSV saved from it; repeatable.")
    ] = None,
    workbooks: Annotated[
        Lists, typer.Option(help="XLSX lists for the committees: up to 50,000 determinations, all of them however many, or none.")
    ] = Lists.auto,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read, match and check the files and say what would be taken; write nothing.")
    ] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Take intake files to determinations, payments, the public record and a report.

    Example: aljabr run IQ-LAW20 committee.xlsx portal.jsonl --fund ninewa-2024 --out out
    """
    from aljabr.runs import run_job, summarise

    if dry_run:
        told = {"fund": fund, "synthetic": synthetic, "mend": tuple(mend or ())}
        _rehearse(programme, files, source, told, quiet=quiet, as_json=as_json)
        return
    with progress_bar(quiet=quiet, as_json=as_json) as progress:
        result = run_job(
            programme,
            tuple(files or ()),
            out,
            overrides=_overrides(source or []),
            as_of=day_of(as_of),
            fund=fund,
            letters=tuple(letter or ()),
            key_file=key,
            synthetic=synthetic,
            mend=tuple(mend or ()),
            workbooks=workbooks.value,
            progress=progress,
        )
    summary = summarise(result)
    print_result(summary.to_dict(), summary.lines(), as_json=as_json)


def verify(
    folder: Annotated[
        Path, typer.Argument(help="OUT (recomputes everything after intake) or OUT/public (anyone: proofs and totals).")
    ],
    opening: Annotated[Path | None, typer.Option(help="An opening: recompute one determination from its facts.")] = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Check a run: as its holder, as anybody, or one's own determination.

    Example: aljabr verify out/public --opening my-opening.json
    """
    from aljabr.runs import verify as check

    with progress_bar(quiet=quiet, as_json=as_json) as progress:
        finding = check(folder, opening=opening, progress=progress)
    print_result(finding.to_dict(), finding.lines(), as_json=as_json)
    if finding.problems:
        raise typer.Exit(1)


def link(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX or JSON-lines files of persons, one row each.")],
    out: Out = Path("linked"),
    threshold: Annotated[
        float | None, typer.Option(help="Probability from which two rows are one person; 0.8, or 0.5 between long lists.")
    ] = None,
    truth: Annotated[str, typer.Option(help="Column that names the true person, only to print precision and recall.")] = "",
    truth_pattern: Annotated[str, typer.Option(help="Its first group is the person, e.g. 'rec-([0-9]+)-'.")] = "",
    judgements: Annotated[Path | None, typer.Option(help="Folder of judgements; they win over scores.")] = None,
    previous: Annotated[Path | None, typer.Option(help="An earlier OUT: changes.csv lists pairs newly matched and parted.")] = None,
    as_json: Json = False,
) -> None:
    """Find the same person within and across files: pairs.csv, clusters.csv and doubts.csv.

    Example: aljabr link register.csv list.csv --out linked
    """
    from aljabr.runs import link_files

    result = link_files(
        tuple(files),
        out,
        threshold=threshold,
        truth=truth,
        pattern=truth_pattern,
        judgements=judgements,
        previous=previous,
    )
    print_result(result.to_dict(), result.lines(), as_json=as_json)


def assess(
    programme: ProgrammeName,
    facts: Annotated[Path, typer.Argument(help="One row per claim item, CSV or Parquet; columns = the tables' inputs.")],
    out: Out = Path("assessed"),
    as_of: AsOf = None,
    synthetic: Synthetic = False,
    as_json: Json = False,
) -> None:
    """Determine facts that are already in order, without intake: determinations as Parquet and CSV.

    Example: aljabr assess IQ-LAW20 facts.csv --out assessed
    """
    from aljabr.runs import assess_file

    result = assess_file(programme, facts, out, as_of=day_of(as_of), synthetic=synthetic)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


def sample(
    out: Out = Path("sample"),
    claims: Annotated[int, typer.Option(help="How many claims.", min=1)] = 2000,
    level: Annotated[str, typer.Option(help="clean, usual or nasty.")] = "usual",
    seed: Annotated[int, typer.Option(help="The same seed writes the same bytes.")] = 20,
    as_json: Json = False,
) -> None:
    """Write realistic intake of IQ-LAW20 in Ninewa, with its truth in OUT-truth.

    Example: aljabr sample --claims 2000 --level nasty --out sample
    """
    from aljabr.runs import write_sample_files

    result = write_sample_files(out, claims=claims, level=level, seed=seed)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


def demo(
    out: Out = Path("demo"),
    claims: Annotated[int, typer.Option(help="How many claims.", min=1)] = 20_000,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Write a sample, run the whole job on it, and compare what it found with what was planted.

    Example: aljabr demo --claims 2000 --out demo
    """
    from aljabr.runs import run_demo

    with progress_bar(quiet=quiet, as_json=as_json) as progress:
        result = run_demo(out, claims=claims, progress=progress)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


def _rehearse(
    programme: str, files: list[Path] | None, source: list[str] | None, told: dict[str, Any], *, quiet: bool, as_json: bool
) -> None:
    from aljabr.runs.rehearsal import rehearse

    with progress_bar(quiet=quiet, as_json=as_json) as progress:
        found = rehearse(
            programme,
            tuple(files or ()),
            overrides=_overrides(source or []),
            **told,
            progress=lambda name, rows: progress(f"intake: {name}, {rows:,} rows", 0, 1),
        )
    print_result(found.to_dict(), found.lines(), as_json=as_json)
    if found.exit_status:
        raise typer.Exit(found.exit_status)


def _overrides(pairs: list[str]) -> dict[str, Path]:
    named = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not (name and equals and path):
            raise UsageError(f"--source {pair} is not NAME=FILE.", "Write for example --source committee=list.xlsx.")
        named[name] = Path(path)
    return named


COMMANDS = (run, verify, link, assess, sample, demo)

"""The command line: parses, calls a use case in ``runs``, prints; imports lazily so that help is instant.

Exit status: 0 done, 1 a check failed, 2 usage, 3 a source is broken. With ``--json`` the result goes to stdout; everything else
goes to stderr.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aljabr import __version__
from aljabr.errors import AljabrError, UsageError

if TYPE_CHECKING:
    from aljabr.runs.job import Progress

app = typer.Typer(
    name="aljabr",
    help="Reparations and reconstruction programmes: from intake files to reasoned determinations, payments and a public record.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
programme_app = typer.Typer(help="The law as data: check a programme, show what it says.", no_args_is_help=True)
names_app = typer.Typer(help="Names in Arabic, Kurdish and Latin script.", no_args_is_help=True)
ledger_app = typer.Typer(help="The public record: openings for claimants and auditors.", no_args_is_help=True)
app.add_typer(programme_app, name="programme")
app.add_typer(names_app, name="names")
app.add_typer(ledger_app, name="ledger")

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write; OUT.work beside it keeps what a killed run needs.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Date of the determinations; today (UTC) otherwise."),
]


def main() -> None:
    """Run the command line and leave with the status its contract names."""
    signal.signal(signal.SIGINT, _stop)
    try:
        app(standalone_mode=True)
    except AljabrError as error:
        _complain(error)
        sys.exit(error.exit_status)


def _stop(_signal: int, _frame: object) -> None:
    # Every stage is put in place in one step, so leaving at once loses nothing but the stage at work.
    cursor = b"\x1b[?25h\n" if os.isatty(2) else b""  # the progress bar has hidden it
    os.write(2, cursor + b"Stopped. Give the same command again to go on where it stood.\n")
    os._exit(130)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def run(
    programme: Annotated[str, typer.Argument(help="A shipped programme's name or the path of a programme folder.")],
    files: Annotated[list[Path] | None, typer.Argument(help="Intake files: CSV, XLSX, Kobo exports, JSON lines.")] = None,
    out: Out = Path("out"),
    source: Annotated[list[str] | None, typer.Option(help="NAME=FILE: read FILE with the mapping NAME.")] = None,
    as_of: AsOf = None,
    fund: Annotated[str, typer.Option(help="Key of the fund to pay from; aljabr programme show lists them.")] = "",
    letter: Annotated[list[str] | None, typer.Option(help="Reference of a claim whose letters to render; repeatable.")] = None,
    key: Annotated[Path | None, typer.Option(help="File with the secret the run key is derived from.")] = None,
    as_json: Json = False,
) -> None:
    """Take intake files to determinations, payments, the public record and a report.

    Example: aljabr run IQ-LAW20 committee.xlsx portal.jsonl --fund ninewa-2024 --out out
    """
    from aljabr.runs import run_job, summarise

    with _progress(quiet=as_json) as progress:
        result = run_job(
            programme,
            tuple(files or ()),
            out,
            overrides=_overrides(source or []),
            as_of=_day(as_of),
            fund=fund,
            letters=tuple(letter or ()),
            key_file=key,
            progress=progress,
        )
    summary = summarise(result)
    _print(summary.to_dict(), summary.lines(), as_json=as_json)


@app.command()
def verify(
    folder: Annotated[
        Path, typer.Argument(help="OUT (recomputes everything after intake) or OUT/public (anyone: proofs and totals).")
    ],
    opening: Annotated[Path | None, typer.Option(help="An opening: recompute one determination from its facts.")] = None,
    as_json: Json = False,
) -> None:
    """Check a run: as its holder, as anybody, or one's own determination.

    Example: aljabr verify out/public --opening my-opening.json
    """
    from aljabr.runs import verify as check

    with _progress(quiet=as_json) as progress:
        finding = check(folder, opening=opening, progress=progress)
    _print(finding.to_dict(), finding.lines(), as_json=as_json)
    if finding.problems:
        raise typer.Exit(1)


@app.command()
def link(
    files: Annotated[list[Path], typer.Argument(help="CSV, XLSX or JSON-lines files of persons, one row each.")],
    out: Out = Path("linked"),
    threshold: Annotated[float, typer.Option(help="Probability from which two rows are one person.")] = 0.9,
    truth: Annotated[str, typer.Option(help="Column that names the true person, only to print precision and recall.")] = "",
    truth_pattern: Annotated[str, typer.Option(help="Its first group is the person, e.g. 'rec-([0-9]+)-'.")] = "",
    as_json: Json = False,
) -> None:
    """Find the same person within and across files: pairs.csv and clusters.csv.

    Example: aljabr link register.csv list.csv --out linked
    """
    from aljabr.runs import link_files

    result = link_files(tuple(files), out, threshold=threshold, truth=truth, pattern=truth_pattern)
    _print(result.to_dict(), result.lines(), as_json=as_json)


@app.command()
def assess(
    programme: Annotated[str, typer.Argument(help="A shipped programme's name or the path of a programme folder.")],
    facts: Annotated[Path, typer.Argument(help="One row per claim item, CSV or Parquet; columns = the tables' inputs.")],
    out: Out = Path("assessed"),
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Determine facts that are already in order, without intake: determinations as Parquet and CSV.

    Example: aljabr assess IQ-LAW20 facts.csv --out assessed
    """
    from aljabr.runs import assess_file

    result = assess_file(programme, facts, out, as_of=_day(as_of))
    _print(result.to_dict(), result.lines(), as_json=as_json)


@app.command()
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
    _print(result.to_dict(), result.lines(), as_json=as_json)


@app.command()
def demo(
    out: Out = Path("demo"),
    claims: Annotated[int, typer.Option(help="How many claims.", min=1)] = 20_000,
    as_json: Json = False,
) -> None:
    """Write a sample, run the whole job on it, and compare what it found with what was planted.

    Example: aljabr demo --claims 2000 --out demo
    """
    from aljabr.runs import run_demo

    with _progress(quiet=as_json) as progress:
        result = run_demo(out, claims=claims, progress=progress)
    _print(result.to_dict(), result.lines(), as_json=as_json)


@programme_app.command("check")
def programme_check(
    programme: Annotated[str, typer.Argument(help="A shipped programme's name or the path of a programme folder.")],
    as_json: Json = False,
) -> None:
    """Look for what is undated, unreferenced, unreachable, unsigned or untested in a programme.

    Example: aljabr programme check IQ-LAW20
    """
    from aljabr.runs import check_programme

    result = check_programme(programme)
    _print(result.to_dict(), result.lines(), as_json=as_json)
    if result.errors:
        raise typer.Exit(1)


@programme_app.command("show")
def programme_show(
    programme: Annotated[str, typer.Argument(help="A shipped programme's name or the path of a programme folder.")],
    as_json: Json = False,
) -> None:
    """Print what a programme says: harms, evidence, amounts by date, bodies, tables, what is not signed off.

    Example: aljabr programme show IQ-LAW20
    """
    from aljabr.runs import show_programme

    result = show_programme(programme)
    _print(result.to_dict(), result.lines(), as_json=as_json)


@names_app.command("evaluate")
def names_evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with token_spelling_variants.csv and token_romanisations.csv.")],
    as_json: Json = False,
) -> None:
    """Measure how many spellings of one name meet in one key, and how many names the key keeps apart.

    Example: aljabr names evaluate data/arabic-name-variants
    """
    from aljabr.names import evaluate

    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name the folder that holds the two CSV files.")
    result = evaluate(folder)
    _print(result.to_dict(), result.lines(), as_json=as_json)
    if not result.bars_met:
        raise typer.Exit(1)


@ledger_app.command("open")
def ledger_open(
    folder: Annotated[Path, typer.Argument(help="OUT, the folder a run wrote.")],
    reference: Annotated[str, typer.Argument(help="A claim's reference, claim id or determination id.")],
    to: Annotated[Path, typer.Option(help="File to write.")] = Path("opening.json"),
) -> None:
    """Write the opening of one determination: its facts, its salt and the proof that it is in the public record.

    Example: aljabr ledger open out P-000123 --to opening.json
    """
    from aljabr.runs import write_opening

    write_opening(folder, reference, to)
    print(f"Wrote {to}. It holds personal facts: give it only to the claimant or an accredited auditor.", file=sys.stderr)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _overrides(pairs: list[str]) -> dict[str, Path]:
    named = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not (name and equals and path):
            raise UsageError(f"--source {pair} is not NAME=FILE.", "Write for example --source committee=list.xlsx.")
        named[name] = Path(path)
    return named


def _print(content: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(content, ensure_ascii=False, indent=1, default=str))
    else:
        print("\n".join(lines))


def _complain(error: AljabrError) -> None:
    print(f"aljabr: {error}", file=sys.stderr)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bars:
        task = bars.add_task("starting", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bars.update(task, description=stage, completed=done, total=total)

        yield show

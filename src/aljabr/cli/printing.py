"""What the commands print: results for people or as JSON, complaints, progress bars; and the options they share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aljabr.errors import AljabrError
from aljabr.outside import escaped_json, plain_line

if TYPE_CHECKING:
    from aljabr.runs.job import Progress

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write; OUT.work beside it keeps what a killed run needs.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Date of the determinations; today (UTC) otherwise."),
]
Synthetic = Annotated[
    bool, typer.Option("--synthetic", help="Every claim is invented; programmes about survivors take no others yet.")
]
ProgrammeName = Annotated[str, typer.Argument(help="A shipped programme's name or the path of a programme folder.")]


def day_of(moment: datetime | None) -> date | None:
    """Return the day of an option that was given."""
    return moment.date() if moment else None


def print_result(content: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    """Print a result: its lines for people, or its content as JSON."""
    if as_json:
        print(escaped_json(json.dumps(content, ensure_ascii=False, indent=1, default=str)))
    else:
        print("\n".join(map(plain_line, lines)))


def complain(error: AljabrError) -> None:
    """Print an error with its way out on stderr, on one line."""
    print(f"aljabr: {plain_line(str(error)).replace(chr(10), ' ')}", file=sys.stderr)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Show the stages of a run as a bar on a terminal's stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bars:
        task = bars.add_task("starting", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bars.update(task, description=stage, completed=done, total=total)

        yield show

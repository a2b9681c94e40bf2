"""What the commands print: results for people or as JSON, complaints; and the options they share."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from aljabr.errors import AljabrError
from aljabr.outside import escaped_json, plain_line

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write; OUT.work beside it keeps what a killed run needs.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Date of the determinations; today in the programme's zone otherwise."
    ),
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

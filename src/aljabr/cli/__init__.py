"""The command line: parses, calls a use case in ``runs``, prints; imports lazily so that help is instant.

Exit status: 0 done, 1 a check failed, 2 usage, 3 a source is broken. With ``--json`` the result goes to stdout; everything else
goes to stderr. ``jobs`` has the commands that stand alone; each group of commands has a module of its name.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from aljabr import __version__
from aljabr.accidents import accident_of
from aljabr.cli import jobs, ledger, linkage, mapping, names, programme, registry, rules
from aljabr.cli.printing import complain
from aljabr.cli.simulation import simulate
from aljabr.errors import AljabrError

__all__ = ["app", "main"]

app = typer.Typer(
    name="aljabr",
    help="Reparations and reconstruction programmes: from intake files to reasoned determinations, payments and a public record.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for job in (*jobs.COMMANDS, registry.serve):
    app.command()(job)
app.command()(simulate)
for module in (programme, mapping, rules, names, linkage, ledger):
    app.add_typer(module.group, name=module.__name__.rpartition(".")[2])


def main() -> None:
    """Run the command line and leave with the status its contract names."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(standalone_mode=True)
    except AljabrError as error:
        complain(error)
        sys.exit(error.exit_status)
    except Exception as error:
        accident = accident_of(error)
        if accident is None:
            raise
        complain(accident)
        sys.exit(accident.exit_status)


def _stop(number: int, _frame: object) -> None:
    # Every stage is put in place in one step, so leaving at once loses nothing but the stage at work.
    if scratch := sys.modules.get("aljabr.runs.writing"):
        scratch.clear_scratch()
    cursor = b"\x1b[?25h\n" if os.isatty(2) else b""  # the progress bar has hidden it
    os.write(2, cursor + b"Stopped. Give the same command again to go on where it stood.\n")
    os._exit(128 + number)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit

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
    signal.signal(signal.SIGINT, _stop)
    try:
        app(standalone_mode=True)
    except AljabrError as error:
        complain(error)
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

"""``aljabr rules``: the language the law is written in, held against its standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result

group = typer.Typer(help="The language of the rules: hold it against its standard.", no_args_is_help=True)


@group.callback()
def _rules() -> None:
    """Keep ``tck`` a command of a group."""


@group.command("tck")
def rules_tck(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The DMN TCK's root, its TestCases, a level or one group.")],
    as_json: Json = False,
) -> None:
    """Run the DMN Technology Compatibility Kit: cases passed, refused and wrong, by the interpreter and by the set evaluator.

    Example: aljabr rules tck dmn-tck --json
    """
    from aljabr.runs.conformance import run_kit

    result = run_kit(folder)
    print_result(result.to_dict(), result.lines(), as_json=as_json)
    if any(counts["wrong"] for counts in result.counts().values()):
        raise typer.Exit(1)

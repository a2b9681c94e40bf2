"""``aljabr linkage``: how good the linkage is, and what it changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result

group = typer.Typer(help="Who is who and what was claimed twice.", no_args_is_help=True)


@group.command("evaluate")
def linkage_evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of lists with a column of true persons, or of a sample beside its truth.")],
    as_json: Json = False,
) -> None:
    """Link every list whose truth is known, untuned and cross-validated, and measure it; status 1 when a bar is missed.

    Example: aljabr linkage evaluate data/linkage-febrl --json
    """
    from aljabr.runs.linkage_evaluation import evaluate_folder

    result = evaluate_folder(folder)
    print_result(result.to_dict(), result.lines(), as_json=as_json)
    if not result.bars_met:
        raise typer.Exit(1)

"""``aljabr names``: how well spellings of one name meet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result
from aljabr.errors import UsageError

group = typer.Typer(help="Names in Arabic, Kurdish and Latin script.", no_args_is_help=True)


@group.command("evaluate")
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
    print_result(result.to_dict(), result.lines(), as_json=as_json)
    if not result.bars_met:
        raise typer.Exit(1)

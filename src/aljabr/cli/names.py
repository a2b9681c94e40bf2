"""``aljabr names``: how well spellings of one name meet, and how two names agree."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result
from aljabr.errors import UsageError

group = typer.Typer(help="Names in Arabic, Kurdish and Latin script.", no_args_is_help=True)


@group.command("evaluate")
def names_evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with token_spelling_variants.csv, token_romanisations.csv, or both.")],
    as_json: Json = False,
) -> None:
    """Measure how many spellings of one name meet, how many names are kept apart, and how other ways do at the same cost.

    Example: aljabr names evaluate data/arabic-name-variants
    """
    from aljabr.names import evaluate

    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name the folder that holds the CSV files.")
    result = evaluate(folder)
    print_result(result.to_dict(), result.lines(), as_json=as_json)
    if not result.bars_met:
        raise typer.Exit(1)


@group.command("compare")
def names_compare(
    left: Annotated[str, typer.Argument(help="A full name as written.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    sex: Annotated[str, typer.Option(help="m or f, where known of both.")] = "",
    place: Annotated[str, typer.Option(help="Where both live: a P-code or a name of a district or governorate.")] = "",
    as_json: Json = False,
) -> None:
    """Compare two full names word by word: what agrees, how, and how much it says in bits.

    Example: aljabr names compare "محمد علي حسين الجبوري" "Mohammed Hussein al-Jubouri"
    """
    from aljabr.names.alignment import align_names
    from aljabr.names.places import resolve_place

    if sex not in {"", "m", "f"}:
        raise UsageError(f"{sex!r} is no sex that frequencies are counted by.", "Give m or f, or leave it out.")
    where = resolve_place(place) if place else None
    if where is not None and len(where.governorates) != 1:
        what = " or ".join(where.governorates) or "no place that is known"
        raise UsageError(f"{place!r} may be {what}.", "Give the P-code or name of one governorate or district.")
    found = align_names(left, right, sex=sex, governorate=where.governorates[0] if where else "")
    rows = [
        f"{match.weight:+7.2f}  {match.how:<9} {match.left or '-'} | {match.right or '-'}{' (moved)' * match.moved}"
        for match in found.matches
    ]
    print_result(asdict(found), [*rows, f"{found.weight:+7.2f}  in all, in bits"], as_json=as_json)

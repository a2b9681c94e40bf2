"""``aljabr mapping``: what the columns of a source mean."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result
from aljabr.errors import UsageError

group = typer.Typer(help="What the columns of a source mean: draft a mapping for a new file.", no_args_is_help=True)


@group.callback()
def _group() -> None:
    """Keep the group a group while it has one command."""


@group.command("suggest")
def mapping_suggest(
    file: Annotated[Path, typer.Argument(help="A CSV, XLSX or JSON-lines file that no mapping knows.")],
    programme: Annotated[str, typer.Option(help="A shipped programme's name or the path of a programme folder.")],
    sheet: Annotated[
        str, typer.Option(metavar="NAME", help="The sheet of a workbook; its first with a table when not given.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the draft there too.")] = None,
    as_json: Json = False,
) -> None:
    """Draft a mapping from a file's header and values, with comments where it is not sure.

    Example: aljabr mapping suggest register.xlsx --programme IQ-LAW20 --out IQ-LAW20/intake/register.yaml
    """
    from aljabr.runs.mapping_draft import suggest_mapping

    draft = suggest_mapping(file, programme, sheet=sheet)
    if out is not None:
        if out.exists():
            raise UsageError(f"{out} already exists.", "Choose another --out; a mapping that people finished is not overwritten.")
        try:
            out.write_text(draft.text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{out} cannot be written: {error.strerror}.", "Choose another --out.") from error
    print_result(draft.to_dict(), draft.lines(), as_json=as_json)

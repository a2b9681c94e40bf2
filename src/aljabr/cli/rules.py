"""``aljabr rules``: what the decision tables decide, and why."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result

group = typer.Typer(help="The decision tables at work: explain a determination.", no_args_is_help=True)


class Reader(StrEnum):
    """Who reads an explanation."""

    claimant = "claimant"
    reviewer = "reviewer"


@group.command("explain")
def rules_explain(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="The folder a run wrote.")],
    reference: Annotated[str, typer.Argument(help="A claim's reference, claim id or determination id.")],
    language: Annotated[str | None, typer.Option("--lang", help="ar, ckb, kmr or en; the claim's own otherwise.")] = None,
    reader: Annotated[Reader, typer.Option("--for", help="A reviewer also sees which rows were near.")] = Reader.claimant,
    as_json: Json = False,
) -> None:
    """Say why a determination came out as it did: rule, article, facts used, facts missing.

    Example: aljabr rules explain out P-000123 --lang ckb
    """
    from aljabr.runs.explaining import explain_determination

    page = explain_determination(folder, reference, language=language, reader=reader.value)
    print_result(page.to_dict(), page.lines(), as_json=as_json)

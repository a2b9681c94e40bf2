"""``aljabr rules``: what the decision tables decide and why; their language held against its standard."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, print_result

group = typer.Typer(help="The decision tables: explain one, hold their language against its standard.", no_args_is_help=True)


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

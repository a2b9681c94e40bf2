"""``aljabr ledger``: the public record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

group = typer.Typer(help="The public record: openings for claimants and auditors.", no_args_is_help=True)


@group.command("open")
def ledger_open(
    folder: Annotated[Path, typer.Argument(help="OUT, the folder a run wrote.")],
    reference: Annotated[str, typer.Argument(help="A claim's reference, claim id or determination id.")],
    to: Annotated[Path, typer.Option(help="File to write.")] = Path("opening.json"),
) -> None:
    """Write the opening of one determination: its facts, its salt and the proof that it is in the public record.

    Example: aljabr ledger open out P-000123 --to opening.json
    """
    from aljabr.runs import write_opening

    write_opening(folder, reference, to)
    print(f"Wrote {to}. It holds personal facts: give it only to the claimant or an accredited auditor.", file=sys.stderr)

"""``aljabr simulate``: a change of the law tried on real claims before it is adopted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import AsOf, Json, Out, ProgrammeName, Synthetic, day_of, print_result


def simulate(  # noqa: PLR0913 - one parameter for each option
    programme: ProgrammeName,
    claims: Annotated[Path, typer.Option(help="Facts as assess takes them (CSV, Parquet), or a folder aljabr run wrote.")],
    change: Annotated[list[Path] | None, typer.Option(help="A .dmn or .yaml file or a folder of them; repeatable.")] = None,
    out: Out = Path("simulated"),
    by: Annotated[
        list[str] | None, typer.Option(help="Column to break down by, or COLUMN=18:30:60 for a number in bands; repeatable.")
    ] = None,
    sweep: Annotated[str, typer.Option(help="NAME=FROM:TO:STEP: move an amount or a number in a table.")] = "",
    budget: Annotated[str | None, typer.Option(help="Money a year in the currency's major unit, for the waiting time.")] = None,
    capacity_per_month: Annotated[int | None, typer.Option(help="Items decided a month, for the waiting time.")] = None,
    smallest: Annotated[int, typer.Option(help="Counts of fewer persons are withheld.", min=1)] = 10,
    as_of: AsOf = None,
    synthetic: Synthetic = False,
    as_json: Json = False,
) -> None:
    """Try changes of the law on claims: who gains, who loses, what it costs, how long people wait.

    Example: aljabr simulate IQ-LAW20 --change higher-grant.yaml --claims out --out simulated
    """
    from aljabr.runs.simulation import simulate_changes

    result = simulate_changes(
        programme,
        tuple(change or ()),
        claims,
        out,
        by=tuple(by or ()),
        sweep=sweep,
        budget=budget,
        capacity=capacity_per_month,
        threshold=smallest,
        as_of=day_of(as_of),
        synthetic=synthetic,
    )
    print_result(result.to_dict(), result.lines(), as_json=as_json)

"""``aljabr programme``: the law as data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aljabr.cli.printing import Json, ProgrammeName, print_result

group = typer.Typer(help="The law as data: list programmes, check one, show what it says.", no_args_is_help=True)


@group.command("list")
def programme_list(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of programmes; only those that ship are listed without it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the programmes that ship and those of a folder: name, title, hash, sign-off, tables, sources, funds.

    Example: aljabr programme list drafts
    """
    from aljabr.runs.programme_list import list_programmes

    result = list_programmes(folder)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


@group.command("check")
def programme_check(
    programme: ProgrammeName,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the findings as a page, in ar and en.")] = None,
    as_json: Json = False,
) -> None:
    """Look for gaps and overlaps, and for what is undated, unreferenced, unreachable, unsigned or untested in a programme.

    Example: aljabr programme check IQ-LAW20 --html check.html
    """
    from aljabr.runs import check_programme
    from aljabr.runs.writing import write_finished

    result = check_programme(programme)
    if html is not None:
        write_finished(html, result.page())
    print_result(result.to_dict(), result.lines(), as_json=as_json)
    if result.errors:
        raise typer.Exit(1)


@group.command("show")
def programme_show(
    programme: ProgrammeName,
    as_json: Json = False,
) -> None:
    """Print what a programme says: harms, evidence, amounts by date, bodies, tables, what is not signed off.

    Example: aljabr programme show IQ-LAW20
    """
    from aljabr.runs import show_programme

    result = show_programme(programme)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


@group.command("diff")
def programme_diff(
    old: ProgrammeName,
    new: ProgrammeName,
    as_json: Json = False,
) -> None:
    """Say what an amendment changes: amounts by date, tables by rule and cell, bodies, procedure, sign-offs.

    Example: aljabr programme diff IQ-LAW20 draft/IQ-LAW20
    """
    from aljabr.runs.comparing import diff_programmes

    result = diff_programmes(old, new)
    print_result(result.to_dict(), result.lines(), as_json=as_json)

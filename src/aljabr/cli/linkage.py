"""``aljabr linkage``: looking through what linking proposed, judging it, and finding one record in a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aljabr.cli.printing import Json, print_result
from aljabr.errors import UsageError

if TYPE_CHECKING:
    from aljabr.runs.review_app import ReviewApp

group = typer.Typer(
    help="Who is who: review pairs, see how a linkage came out, find one record in a register.", no_args_is_help=True
)
Judgements = Annotated[Path, typer.Option(help="Folder of the judgements; it outlives every re-run.")]


@group.command("review")
def linkage_review(
    out: Annotated[Path, typer.Argument(help="OUT, the folder that link or run wrote.")],
    judgements: Judgements = Path("judgements"),
    reviewer: Annotated[str, typer.Option(help="Who judges; your login name otherwise.")] = "",
    language: Annotated[str, typer.Option(help="ar, ckb or en; the page can switch.")] = "en",
    port: Annotated[int, typer.Option(help="Port on this machine; a free one otherwise.")] = 0,
) -> None:
    """Look through the proposed pairs in the browser, doubtful ones first, and judge them with the keys y, n and u.

    Example: aljabr linkage review linked --judgements judgements --language ar
    """
    import getpass
    import secrets
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from aljabr.relations import Database
    from aljabr.runs.review_app import ReviewApp
    from aljabr.runs.reviewing import ReviewDesk

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: addresses hold the ids of records."""

    with Database() as db:
        desk = ReviewDesk(db, out, judgements=judgements, reviewer=reviewer or getpass.getuser())
        token = secrets.token_urlsafe(32)
        app: ReviewApp | None = None

        def serve(environ, start_response):  # type: ignore[no-untyped-def]
            assert app is not None
            return app(environ, start_response)

        try:
            server = make_server("127.0.0.1", port, serve, handler_class=Quiet)
        except OSError as error:
            raise UsageError(f"Port {port} cannot be used: {error.strerror}.", "Leave --port out: a free one is taken.") from error
        with server:
            hosts = (f"127.0.0.1:{server.server_port}", f"localhost:{server.server_port}")
            app = ReviewApp(desk, token=token, hosts=hosts, language=language)
            print(
                f"{len(desk.pairs):,} pairs, the most doubtful first. Open this address in a browser on this machine:",
                file=sys.stderr,
            )
            print(f"http://127.0.0.1:{server.server_port}/?token={token}", flush=True)
            print("It holds personal data. Ctrl-C ends the session; judgements are kept as they are made.", file=sys.stderr)
            server.serve_forever()


@group.command("report")
def linkage_report(
    out: Annotated[Path, typer.Argument(help="OUT, the folder that link or run wrote.")],
    to: Annotated[Path | None, typer.Option(help="File to write; OUT/linkage.html for a folder of link.")] = None,
    judgements: Annotated[Path | None, typer.Option(help="Folder of the judgements, to show what was judged.")] = None,
    as_json: Json = False,
) -> None:
    """Write a page on how a linkage came out: weights, scores, the threshold, doubtful pairs, the largest clusters. It is private.

    Example: aljabr linkage report linked
    """
    from aljabr.runs.linkage_reporting import report_linkage

    result = report_linkage(out, to=to, judgements=judgements)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


@group.command("index")
def linkage_index(
    out: Annotated[Path, typer.Argument(help="OUT, the folder that run wrote: its mentions become the register.")],
    to: Annotated[Path, typer.Option(help="Folder to write the index into.")] = Path("register"),
    as_json: Json = False,
) -> None:
    """Index the persons mentioned in a run, so that one new record can be matched against them at once.

    Example: aljabr linkage index out --to register
    """
    from aljabr.runs.register import index_register

    result = index_register(out, to)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


@group.command("match")
def linkage_match(
    register: Annotated[Path, typer.Argument(help="The folder that linkage index wrote.")],
    record: Annotated[str, typer.Option(help="The new record, as JSON.")],
    limit: Annotated[int, typer.Option(help="How many candidates at most.", min=1)] = 10,
    as_json: Json = False,
) -> None:
    """Find who in a register may be the person of one new record, with the reasons. Nothing is decided or written.

    Example: aljabr linkage match register --record '{"full_name": "محمد علي حسن", "born": "1980"}'
    """
    from aljabr.runs.register import match_record

    result = match_record(register, record, limit=limit)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


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


@group.command("changes")
def linkage_changes(
    before: Annotated[Path, typer.Argument(help="The earlier OUT of link or run.")],
    after: Annotated[Path, typer.Argument(help="The later OUT.")],
    to: Annotated[Path, typer.Option(help="File to write.")] = Path("changes.csv"),
    as_json: Json = False,
) -> None:
    """List the pairs a re-run newly matched and newly parted, so that the people concerned can be told.

    Example: aljabr linkage changes linked-before linked --to changes.csv
    """
    from aljabr.runs.linkage_changes import compare_linkages

    result = compare_linkages(before, after, out=to)
    print_result(result.to_dict(), result.lines(), as_json=as_json)


Secret = Annotated[Path, typer.Option(help="File with the secret both sides hold, 32 bytes or more, made for this exchange.")]
Exchange = Annotated[str, typer.Option(help="Id of the exchange, agreed with the other side.")]


@group.command("sealed-tokens")
def linkage_sealed_tokens(
    people: Annotated[Path, typer.Argument(help="List of people to ask about, one row each.")],
    secret: Secret,
    exchange: Exchange,
    to: Annotated[Path, typer.Option(help="File to write and hand to the custodian.")] = Path("tokens.csv"),
    as_json: Json = False,
) -> None:
    """Turn a list into keyed tokens, so that a sealed programme's custodian can look for overlap without seeing the list.

    Example: aljabr linkage sealed-tokens claimants.csv --secret secret.key --exchange survivors-2024-11 --to tokens.csv
    """
    from aljabr.runs.sealed_exchange import write_tokens

    result = write_tokens(people, to, secret=secret, exchange=exchange)
    print_result(result, [f"{result['tokens']:,} tokens of {result['records']:,} records: {to}"], as_json=as_json)


@group.command("sealed-answer")
def linkage_sealed_answer(
    tokens: Annotated[Path, typer.Argument(help="The tokens that were handed over.")],
    own: Annotated[Path, typer.Argument(help="The sealed programme's own list; it stays where it is.")],
    secret: Secret,
    exchange: Exchange,
    to: Annotated[Path, typer.Option(help="File to write, for the custodian alone.")] = Path("answers.csv"),
    as_json: Json = False,
) -> None:
    """Answer yes or no for every asked record, on the custodian's side and for the custodian's eyes.

    Example: aljabr linkage sealed-answer tokens.csv survivors.csv --secret secret.key --exchange survivors-2024-11
    """
    from aljabr.runs.sealed_exchange import answer_exchange

    result = answer_exchange(tokens, own, to, secret=secret, exchange=exchange)
    print_result(result, [f"{result['yes']:,} of {result['asked']:,} records are known here: {to}"], as_json=as_json)

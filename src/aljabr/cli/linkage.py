"""``aljabr linkage``: looking through what linking proposed, judging it, and finding one record in a register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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

        with make_server("127.0.0.1", port, serve, handler_class=Quiet) as server:
            hosts = (f"127.0.0.1:{server.server_port}", f"localhost:{server.server_port}")
            app = ReviewApp(desk, token=token, hosts=hosts, language=language)
            print(
                f"{len(desk.pairs):,} pairs, the most doubtful first. Open this address in a browser on this machine:",
                file=sys.stderr,
            )
            print(f"http://127.0.0.1:{server.server_port}/?token={token}", flush=True)
            print("It holds personal data. Ctrl-C ends the session; judgements are kept as they are made.", file=sys.stderr)
            server.serve_forever()

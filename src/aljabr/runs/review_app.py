"""The review of pairs as a WSGI application: pure, without sockets; the command line serves it on this machine only.

A session begins at the address with its token, which becomes a cookie no script can read. Every request must name this server as
its host (against rebinding of names); every act must come from this server's own pages, with the session's second token and as
JSON. Pages load nothing from elsewhere and may not be framed or kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aljabr.errors import AljabrError, UsageError
from aljabr.report.linkage_wording import LANGUAGES
from aljabr.report.review_page import SHOWN, render_review, review_asset
from aljabr.runs.reviewing import Pair, ReviewDesk

COOKIE, TOKEN = "aljabr_review", "token"
MOST_BYTES = 16_384
_RECORD = r"[a-z]{2,5}_[0-9a-f]{6,64}"
_PAIR_PATH = re.compile(rf"/pair/({_RECORD})/({_RECORD})")
_CLUSTER = re.compile(rf"{_RECORD}|")
_ASSETS = {"/review.css": "text/css; charset=utf-8", "/review.js": "text/javascript; charset=utf-8"}
_HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back: status line, body, its type, further headers."""

    status: str
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class ReviewApp:
    """The application; ``hosts`` are the only ones it answers to, with port, and ``token`` begins the session.

    Parameters
    ----------
    desk : ReviewDesk
        Whose pairs are shown and where judgements go.
    token : str
        The session's secret, at least 32 characters.
    hosts : tuple of str
        For example ``("127.0.0.1:8000", "localhost:8000")``.
    language : str
        The language of the first page.
    """

    def __init__(self, desk: ReviewDesk, *, token: str, hosts: tuple[str, ...], language: str = "en") -> None:
        if len(token) < 32:
            raise AljabrError("The session's token is too short.", "Make one of 32 random bytes.")
        if language not in LANGUAGES:
            raise UsageError(f"The review does not speak {language!r}.", f"Choose {', '.join(LANGUAGES)}.")
        self._desk, self._token, self._hosts, self._language = desk, token, hosts, language
        self._csrf = hmac.new(token.encode(), b"acts", hashlib.sha256).hexdigest()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self._answer(environ)
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(answer.body))), *_HEADERS, *answer.headers]
        start_response(answer.status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body]

    def _answer(self, environ: Environ) -> Answer:
        if environ.get("HTTP_HOST", "") not in self._hosts:
            return Answer(status="421 Misdirected Request", body=b"This server answers only to its own name.")
        method, path, query = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/"), _query(environ.get("QUERY_STRING", ""))
        if method in {"GET", "HEAD"} and path == "/" and self._is_token(query.get(TOKEN, "")):
            cookie = f"{COOKIE}={self._token}; HttpOnly; SameSite=Strict; Path=/"
            return Answer(status="303 See Other", headers=(("Location", "/"), ("Set-Cookie", cookie)))
        if not self._is_token(_cookies(environ.get("HTTP_COOKIE", "")).get(COOKIE, "")):
            return Answer(status="403 Forbidden", body=b"Open the address that the command printed.")
        if method in {"GET", "HEAD"}:
            return self._page(path, query)
        if method == "POST":
            return self._act(environ, path)
        return Answer(status="405 Method Not Allowed", headers=(("Allow", "GET, HEAD, POST"),))

    def _page(self, path: str, query: dict[str, str]) -> Answer:
        if path in _ASSETS:
            return Answer(status="200 OK", body=review_asset(path[1:]), kind=_ASSETS[path])
        show, cluster, language = self._place(query)
        found = _PAIR_PATH.fullmatch(path)
        if found:
            pair: Pair | None = (found[1], found[2])
        elif path == "/":
            pair = self._desk.after(None, show, cluster)
        else:
            return Answer(status="404 Not Found", body=b"There is no such page.")
        shown = self._desk.pair(pair) if pair else None
        if pair and shown is None:
            return Answer(status="404 Not Found", body=b"There is no such pair.")
        state = self._desk.state(pair, show=show, cluster=cluster, csrf=self._csrf)
        return Answer(status="200 OK", body=render_review(shown, state, language).encode(), kind="text/html; charset=utf-8")

    def _act(self, environ: Environ, path: str) -> Answer:
        if environ.get("HTTP_ORIGIN") not in {f"http://{host}" for host in self._hosts}:
            return _refusal("403 Forbidden", "The request does not come from this page.")
        if not hmac.compare_digest(environ.get("HTTP_X_CSRF_TOKEN", "").encode(), self._csrf.encode()):
            return _refusal("403 Forbidden", "The page is of another session: load it again.")
        body = _json_body(environ)
        if body is None:
            return _refusal("400 Bad Request", "The request is no small JSON object of texts.")
        show, cluster, language = self._place(body)
        try:
            if path == "/judge":
                pair = (body.get("left", ""), body.get("right", ""))
                self._desk.judge(pair, body.get("verdict", ""), body.get("reason", "")[:500])
                then = self._desk.after(pair, show, cluster)
            elif path == "/undo":
                then = self._desk.undo() or self._desk.after(None, show, cluster)
            elif path == "/withdraw":
                then = self._desk.withdraw(body.get("judgement", ""))
            else:
                return _refusal("404 Not Found", "There is no such act.")
        except AljabrError as error:
            return _refusal("409 Conflict", str(error))
        kept = "&".join(f"{name}={value}" for name, value in (("show", show), ("cluster", cluster), ("lang", language)) if value)
        return _as_json("200 OK", {"go": f"/pair/{'/'.join(then)}?{kept}" if then else f"/?{kept}"})

    def _place(self, given: dict[str, str]) -> tuple[str, str, str]:
        """Return list, cluster and language, each only as this page writes them."""
        show, cluster, language = given.get("show", ""), given.get("cluster", ""), given.get("lang", "")
        return (
            show if show in SHOWN else SHOWN[0],
            cluster if _CLUSTER.fullmatch(cluster) else "",
            language if language in LANGUAGES else self._language,
        )

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._token.encode())


def _query(text: str) -> dict[str, str]:
    """Read a query whose values need no decoding, as all of this page's are; others are left as they stand and match nothing."""
    return {name: value for name, _, value in (part.partition("=") for part in text.split("&"))}


def _cookies(text: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in text.split(";"))}


def _json_body(environ: Environ) -> dict[str, str] | None:
    """Return the body as an object of texts; None when it is anything else, or too long."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not environ.get("CONTENT_TYPE", "").startswith("application/json") or not length.isascii() or not length.isdigit():
        return None
    if int(length) > MOST_BYTES:
        return None
    try:
        body = json.loads(environ["wsgi.input"].read(int(length)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
        return None
    return body


def _refusal(status: str, why: str) -> Answer:
    return _as_json(status, {"error": why})


def _as_json(status: str, content: dict[str, str]) -> Answer:
    return Answer(status=status, body=json.dumps(content, ensure_ascii=False).encode(), kind="application/json; charset=utf-8")

"""Shows how far a job is, on stderr and nowhere else: a bar on a terminal, plain lines where there is none, nothing when quiet.

A job tells a text such as ``intake: committee.xlsx, 20,000 rows``, the stages done and the stages in all. Plain lines come when a
stage begins or ends and every few seconds between, so that the log of a long job shows that it lives.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from aljabr.runs.job import Progress

EVERY_SECONDS = 5.0
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress on stderr.")]


@contextmanager
def progress_bar(*, quiet: bool, as_json: bool = False) -> Iterator[Progress]:
    """Show a job's progress while the block runs.

    Parameters
    ----------
    quiet : bool
        Show nothing.
    as_json : bool
        The result is for a machine: a terminal still shows the bar, a log gets no lines.
    """
    if quiet or (as_json and not sys.stderr.isatty()):
        yield _silent
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        lines = PlainLines(sys.stderr)
        try:
            yield lines.show
        finally:
            lines.stop()


class PlainLines:
    """Progress as lines of a log.

    Parameters
    ----------
    stream : TextIO
        Where they go.
    every_seconds : float
        The longest time without a line while a job works.
    """

    def __init__(self, stream: TextIO, *, every_seconds: float = EVERY_SECONDS) -> None:
        self._stream, self._every = stream, every_seconds
        self._begun = self._said_at = time.monotonic()
        self._text, self._stage = "", ""
        self._lock, self._over = threading.Lock(), threading.Event()
        self._clock = threading.Thread(target=self._tick, daemon=True)

    def show(self, text: str, done: int, total: int) -> None:
        """Take what a job tells; writes it when the stage is another one, or the last line is long ago."""
        stage = text.partition(":")[0]
        with self._lock:
            self._text = f"[{min(done + 1, total)}/{total}] {text}" if done < total else text
            if stage != self._stage or text.endswith(".") or time.monotonic() - self._said_at >= self._every:
                self._say(self._text)
            self._stage = stage
        if not self._clock.ident:
            self._clock.start()

    def stop(self) -> None:
        """Write no more."""
        self._over.set()

    def _tick(self) -> None:
        while not self._over.wait(self._every / 4):
            with self._lock:
                if time.monotonic() - self._said_at >= self._every:
                    self._say(f"{self._text} … {time.monotonic() - self._begun:.0f} s")

    def _say(self, line: str) -> None:
        self._said_at = time.monotonic()
        print(line, file=self._stream, flush=True)


def _silent(_text: str, _done: int, _total: int) -> None:
    return None


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        task = bars.add_task("starting", total=None)

        def show(text: str, done: int, total: int) -> None:
            bars.update(task, description=text, completed=done, total=total)

        yield show

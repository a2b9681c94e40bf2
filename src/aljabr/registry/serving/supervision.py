"""Keeps a process running: started again when it dies, later each time it dies soon.

A process leads a group of its own, which is ended with it, so that no orphan holds its port; it ends when the supervisor is gone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from aljabr.registry.serving.postgres import die_with_parent

FIRST_PAUSE, LONGEST_PAUSE, STEADY, HOPELESS = 0.2, 30.0, 10.0, 8


class Kept:
    """A Python process that is to run until it is ended.

    Parameters
    ----------
    name : str
        What people call it.
    arguments : tuple of str
        Of this Python.
    environment : dict
        All of its environment.
    after : float
        Seconds until it is started first, so that what people wait for starts before it.
    """

    def __init__(self, name: str, arguments: tuple[str, ...], environment: dict[str, str], *, after: float = 0.0) -> None:
        self.name = name
        self._arguments, self._environment = arguments, environment
        self._pause, self._due, self._deaths = FIRST_PAUSE, time.monotonic() + after, 0
        self._proven = False
        self._process: subprocess.Popen[bytes] | None = None
        if not after:
            self._start()

    def tend(self, say: Callable[[str], None]) -> None:
        """Start the process again when it has died and its pause is over."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._due:
                self._start()
        elif self._process.poll() is None:
            if now - self._started > STEADY:
                self._pause, self._proven = FIRST_PAUSE, True
        else:
            say(f"The {self.name} ended ({self._process.returncode}); it is started again.")
            self._end_group()
            self._deaths += self._process.returncode >= 0  # one that was killed may well stay up
            self._process, self._due = None, now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    @property
    def hopeless(self) -> bool:
        """Whether it has ended by itself again and again and never stayed up."""
        return not self._proven and self._deaths >= HOPELESS

    def end(self) -> None:
        """End the process and its group."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._end_group()
        self._process.wait()

    def _start(self) -> None:
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, *self._arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def _end_group(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

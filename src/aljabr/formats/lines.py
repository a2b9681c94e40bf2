"""Physical lines of a text file, remembered while a record is under way so that a broken record can be taken back.

A line longer than ``MAX_LINE`` is cut and marked; the rest of it is skipped, never kept in memory.
"""

from __future__ import annotations

from collections import deque
from typing import TextIO

MAX_LINE = 4_000_000
MAX_RECORD_LINES = 200
_CUT = 1_000


class RecordTooLong(Exception):
    """A record goes on over more lines than ``MAX_RECORD_LINES``: a quotation mark was surely left open."""


class PhysicalLines:
    """An iterator over lines with their ends; ``line`` is the number of lines finally accepted or refused.

    Parameters
    ----------
    stream : TextIO
        Opened with ``newline=""``, so that ends inside quoted fields stay as they are.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ahead: deque[str] = deque()
        self._read = 0
        self.line = 0
        self.taken: list[str] = []
        self.overlong: set[int] = set()

    def __iter__(self) -> PhysicalLines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._next_line()
        if not line:
            raise StopIteration
        self.taken.append(line)
        if len(self.taken) > MAX_RECORD_LINES:
            raise RecordTooLong
        return line

    def accept(self) -> None:
        """Let go of the lines of a record that was read."""
        self.line += len(self.taken)
        self.taken.clear()

    def refuse_first(self) -> str:
        """Let go of the first line of a record that was not, give the others back, and return the first."""
        first = self.taken[0]
        self._ahead.extendleft(reversed(self.taken[1:]))
        self.line += 1
        self.taken.clear()
        return first

    def cut(self) -> bool:
        """Whether one of the lines under way was longer than ``MAX_LINE``."""
        return any(self.line < number <= self.line + len(self.taken) for number in self.overlong)

    def _next_line(self) -> str:
        line = self._stream.readline(MAX_LINE)
        self._read += bool(line)
        if len(line) < MAX_LINE or line.endswith(("\n", "\r")):
            return line
        self.overlong.add(self._read)
        rest = line
        while rest and not rest.endswith(("\n", "\r")):
            rest = self._stream.readline(MAX_LINE)
        return line[:_CUT] + "\n"

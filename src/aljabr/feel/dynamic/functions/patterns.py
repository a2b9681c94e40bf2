"""Regular expressions as XQuery and XPath Functions 3.1 define them, on the ``regex`` library.

Steps: check and translate the pattern (what XPath does not know is an error, hence null); refuse it when its counts, multiplied,
ask for more than ``MAX_EXPANDED`` characters, because compiling writes them out; compile it once; apply it with a limit of time,
beyond which it is refused: a pattern that explodes must not stop whoever asked.

References
----------
DMN 1.5, clause 10.3.4.3; XQuery and XPath Functions and Operators 3.1, clause 5.6; XML Schema part 2, appendix F.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import regex

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic.budget import bounded, timed

Found = TypeVar("Found")
_SECONDS = 1.0
MAX_PATTERN = 2000
MAX_EXPANDED = 10_000
_LONG_CLASS = 16
_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_NAME_START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _NAME_START + r"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040"
_CLASSES = {
    "d": r"[\p{Nd}]", "D": r"[^\p{Nd}]", "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]",
    "i": f"[{_NAME_START}]", "I": f"[^{_NAME_START}]", "c": f"[{_NAME}]", "C": f"[^{_NAME}]",
}  # fmt: skip
_COUNT = regex.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_SINGLE = set(r"\|.-^?*+{}()[]$nrt/")


def matches(text: str, pattern: str, flags: str | None = "") -> bool | None:
    """Return whether a pattern occurs in a text; null when it is no pattern."""
    compiled = _compiled(pattern, flags or "")
    return None if compiled is None else _in_time(lambda: compiled.search(text, timeout=_SECONDS) is not None)


def replaced(text: str, pattern: str, replacement: str, flags: str | None = "") -> str | None:
    """Return the text with every match replaced; null when either is none, or the pattern matches the empty text."""
    flags = flags or ""
    compiled = _compiled(pattern, flags)
    parts = [replacement] if "q" in flags else _replacement(replacement, compiled.groups if compiled else 0)
    if compiled is None or parts is None or _takes_nothing(compiled):
        return None

    def put(found: regex.Match[str]) -> str:
        bounded(put_in := "".join(part if isinstance(part, str) else found[part] or "" for part in parts))
        return put_in

    return str(_in_time(lambda: compiled.sub(put, text, timeout=_SECONDS)))


def split(text: str, pattern: str) -> list[str] | None:
    """Return the pieces of a text between the matches of a pattern."""
    compiled = _compiled(pattern, "")
    if compiled is None or _takes_nothing(compiled):
        return None

    def pieces() -> list[str]:
        found, at = [], 0
        for match in compiled.finditer(text, timeout=_SECONDS):
            found.append(text[at : match.start()])
            at = match.end()
        return [*found, text[at:]]

    return _in_time(pieces)


def _takes_nothing(compiled: regex.Pattern[str]) -> bool:
    return _in_time(lambda: compiled.search("", timeout=_SECONDS) is not None)


def _in_time(work: Callable[[], Found]) -> Found:
    try:
        with timed():
            return work()
    except TimeoutError:
        raise ExpressionRefused("A pattern takes too long.", "Write it without repeats inside repeats.") from None


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> regex.Pattern[str] | None:
    if set(flags) - _FLAGS.keys() or len(pattern) > MAX_PATTERN:
        return None
    used = regex.VERSION1
    for flag in flags:
        used |= _FLAGS[flag]
    try:
        translated = regex.escape(pattern) if "q" in flags else _Translation(pattern, flags).whole()
        return regex.compile(translated, used)
    except (regex.error, ValueError, OverflowError, RecursionError):
        return None


class _Size:
    """How many characters a pattern asks for when every count in it is written out, groups and their counts multiplied."""

    def __init__(self) -> None:
        self.totals = [0]
        self.last = 0

    def add(self, letter: str, piece: str) -> None:
        """Count a piece by the letter it begins with: a group opens or closes, the piece before is repeated, or one character.

        A long class counts as several characters, because compiling copies it.
        """
        if letter == "(":
            self.totals.append(0)
            return
        if letter in "*+?{":
            found = _COUNT.match(piece)
            count = max(1, _bounded_count(found[3] or found[1])) if found else 1
            added, self.last = self.last * (count - 1), self.last * count
        else:
            added = self.last = max(1, self.totals.pop() if letter == ")" else len(piece) // _LONG_CLASS)
        self.totals[-1] += added
        if self.totals[-1] > MAX_EXPANDED:
            raise ExpressionRefused(
                f"A pattern counts to more than {MAX_EXPANDED:,} characters when its counts are multiplied.",
                "Write smaller counts, or no count inside another.",
            )


def _bounded_count(digits: str) -> int:
    return int(digits) if len(digits) <= len(str(MAX_EXPANDED)) else MAX_EXPANDED + 1


class _Translation:
    """Walks a pattern once; raises ValueError on what XPath does not allow."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.text = _without_space(pattern) if "x" in flags else pattern
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.open: list[int] = []
        self.closed: set[int] = set()
        self.size = _Size()

    def whole(self) -> str:
        found = ""
        while self.at < len(self.text):
            letter = self.text[self.at]
            found += (piece := self._next())
            self.size.add(letter, piece)
        if self.open:
            raise ValueError(self.text)
        return found

    def _next(self) -> str:
        letter = self.text[self.at]
        self.at += 1
        match letter:
            case "\\":
                return self._escape(inside=False)
            case "[":
                return self._set()
            case "(":
                return self._group()
            case ")":
                if not self.open:
                    raise ValueError(self.text)
                self.closed.add(self.open.pop())
            case "^":
                return "^" if "m" in self.flags else r"\A"
            case "$":
                return "$" if "m" in self.flags else r"\Z"
            case "." if "s" not in self.flags:
                return r"[^\n\r]"
            case "*" | "+" | "?" | "{":
                return self._repeat(letter)
            case "]" | "}":
                raise ValueError(self.text)
            case "#" | "&" | "~":
                return "\\" + letter
        return letter

    def _repeat(self, letter: str) -> str:
        if letter == "{":
            found = _COUNT.match(self.text, self.at - 1)
            if not found or (found[3] and int(found[1]) > int(found[3])):
                raise ValueError(self.text)
            self.at = found.end()
            letter = found[0]
        lazy = self.text.startswith("?", self.at)
        self.at += lazy
        if self.text[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise ValueError(self.text)
        return letter + "?" * lazy

    def _group(self) -> str:
        if self.text.startswith("?:", self.at):
            self.at += 2
            self.open.append(0)
            return "(?:"
        if self.text.startswith("?", self.at):
            raise ValueError(self.text)
        self.groups += 1
        self.open.append(self.groups)
        return "("

    def _escape(self, *, inside: bool) -> str:
        letter = self.text[self.at : self.at + 1]
        self.at += 1
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in ("p", "P"):
            return self._property(letter)
        if letter.isdigit() and not inside:
            return self._reference(letter)
        if letter in _SINGLE:
            return f"\\{letter}"
        raise ValueError(self.text)

    def _reference(self, digit: str) -> str:
        """The group of the most digits that is closed already."""
        while (longer := digit + self.text[self.at : self.at + 1]) != digit and longer.isdigit() and int(longer) in self.closed:
            digit = longer
            self.at += 1
        if int(digit) not in self.closed:
            raise ValueError(self.text)
        return rf"(?:\g<{digit}>)"

    def _property(self, letter: str) -> str:
        found = regex.compile(r"\{(?:Is([A-Za-z0-9\-]+)|([LMNPZSC][a-z]?))\}").match(self.text, self.at)
        if not found:
            raise ValueError(self.text)
        self.at = found.end()
        return rf"\{letter}{{{f'InBlock={found[1]}' if found[1] else found[2]}}}".replace("InBlock=", "Block=")

    def _set(self) -> str:
        """A character class, with its ranges and at most one class taken from it at the end."""
        negative = self.text.startswith("^", self.at)
        self.at += negative
        found, first = "", True
        while self.at < len(self.text):
            letter = self.text[self.at]
            self.at += 1
            if letter == "]" and not first:
                return f"[{'^' * negative}{found}]"
            if letter == "[":
                raise ValueError(self.text)
            if letter == "-" and self.text.startswith("[", self.at):
                self.at += 1
                taken = self._set()
                if not self.text.startswith("]", self.at):
                    raise ValueError(self.text)
                self.at += 1
                return f"[[{'^' * negative}{found}]--{taken}]"
            found += self._set_part(letter, first=first)
            first = False
        raise ValueError(self.text)

    def _set_part(self, letter: str, *, first: bool) -> str:
        if letter == "\\":
            return self._escape(inside=True)
        if letter == "-":
            last = self.text[self.at : self.at + 1] in ("]", "")
            return r"\-" if first or last else "-"
        return f"\\{letter}" if letter in "&|~^[]#" else letter


def _without_space(pattern: str) -> str:
    """A pattern without the white space outside its character classes, as the flag ``x`` has it."""
    found, depth = "", 0
    for place, letter in enumerate(pattern):
        escaped = place and pattern[place - 1] == "\\"
        depth += 0 if escaped else {"[": 1, "]": -1}.get(letter, 0)
        found += letter if depth > 0 or letter not in " \t\n\r" else ""
    return found


@lru_cache(maxsize=512)
def _replacement(text: str, groups: int) -> list[str | int] | None:
    """A replacement as pieces of text and numbers of groups; None when a ``$`` or a backslash stands alone."""
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        letter, following = text[at], text[at + 1 : at + 2]
        if letter == "\\":
            if following not in ("\\", "$"):
                return None
            parts.append(following)
            at += 2
        elif letter == "$":
            if not (following.isascii() and following.isdigit()):
                return None
            end = at + 2
            while text[end : end + 1].isdigit() and int(text[at + 1 : end + 1]) <= groups:
                end += 1
            group = int(text[at + 1 : end])
            parts.append(group if group <= groups else "")
            at = end
        else:
            parts.append(letter)
            at += 1
    return parts

"""Text to tokens: FEEL's names may contain spaces and signs, so what is one name depends on the names in scope.

At each place the longest known name wins over the plain word (DMN 1.5, clause 10.3.1.2, rule 26 ff. and 10.3.1.4). Known are the
names the caller gives, FEEL's own functions and properties, and the names the text itself introduces: parameters, iteration
variables, keys of contexts. Brackets tell where such names stand, and whether ``[`` opens a filter or ends an interval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Token
from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer

_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00aa\u00b5\u00b7\u00ba\u0300-\u036f\u203f-\u2040"
_SPACE = r"\s\u180e\u200b\ufeff"

_BLANK = re.compile(rf"(?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_WORD = re.compile(rf"[{_START.removeprefix('?')}\u00aa\u00b5\u00ba][{_PART.removeprefix('?')}]*")
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_STRING = re.compile(r'@?"(?:\\.|[^"\\])*"', re.DOTALL)
_SIGN = re.compile(r"\.\.|\*\*|<=|>=|!=|[-+*/<>=()\[\]{},:.?]")
_KEY = re.compile(r"[^:{}\[\]()\",]+(?=:)")
_NAMED = re.compile(rf"[^\W\d][\w'’{_SPACE}]*(?=:)")
_PARAMETER = re.compile(r"[^:,(){}\[\]\"]+")
_VARIABLE = re.compile(rf"[^\[\](){{}},:\"<>=]+?(?=[{_SPACE}]+in(?![{_PART}]))")
_AFTER_END = re.compile(
    rf"(?:$|[),\]}}=!<>.*/+]|-(?![\d.])|(?:and|or|then|else|return|satisfies|in|instance|between)(?![{_PART}]))"
)

_SIGNS = {
    **dict.fromkeys(("<", ">", "<=", ">=", "=", "!="), "COMPARATOR"),
    **dict.fromkeys("+-", "ADDING"),
    **dict.fromkeys("*/", "MULTIPLYING"),
    "**": "RAISING",
    "(": "_LPAR",
    ")": "_RPAR",
    "[": "_LSQB",
    "]": "_RSQB",
    "{": "_LBRACE",
    "}": "_RBRACE",
    ",": "_COMMA",
    ":": "_COLON",
    "..": "_DOTS",
    ".": "_DOT",
    "?": "_QUESTION",
}
_KEYWORDS = {
    **dict.fromkeys(("some", "every"), "QUANTIFIER"),
    "if": "_IF", "then": "_THEN", "else": "_ELSE", "for": "_FOR", "return": "_RETURN", "satisfies": "_SATISFIES", "in": "_IN",
    "or": "_OR", "and": "_AND", "between": "_BETWEEN", "true": "_TRUE", "false": "_FALSE", "null": "_NULL",
}  # fmt: skip
_OPERANDS = {
    *("NAME", "NUMBER", "STRING", "AT_STRING", "TYPE_NAME", "_TYPE_CLOSE", "_RPAR", "_RSQB", "_AVERTED", "_RBRACE"),
    *("_TRUE", "_FALSE", "_NULL", "_QUESTION"),
}
OWN_NAMES = frozenset(
    {
        "day of week", "day of year", "week of year", "month of year", "date and time", "years and months duration",
        "days and time duration", "string length", "upper case", "lower case", "substring before", "substring after", "starts with",
        "ends with", "string join", "list contains", "insert before", "index of", "distinct values", "list replace", "round up",
        "round down", "round half up", "round half down", "get value", "get entries", "context put", "context merge", "met by",
        "overlaps before", "overlaps after", "finished by", "started by", "start position", "time offset", "start included",
        "end included",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text and the names with spaces or signs that are known in it."""

    text: str
    names: frozenset[str] = frozenset()


def normal_name(text: str) -> str:
    """Return a name as it is compared: outer space gone, inner space single.

    Examples
    --------
    >>> normal_name("  date   and time ")
    'date and time'
    """
    return " ".join(text.split())


class NameLexer(Lexer):
    """The lexer lark calls; its input is a ``Source``."""

    __future_interface__ = 2

    def __init__(self, _: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        """Yield the tokens of a source."""
        return _Scanner(lexer_state.text).tokens()


class _Scanner:
    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.known = _names_pattern(source.names | OWN_NAMES)
        self.introduced: set[str] = set()
        self.at = 0
        self.before = ""  # the type of the token before
        self.open: list[str] = []  # what is open here: ( [ { call parameters for
        self.type_depth = -1  # brackets of a type that are open; -1 outside types

    def tokens(self) -> Iterator[Token]:
        while True:
            if blank := _BLANK.match(self.text, self.at):
                self.at = blank.end()
            if self.at >= len(self.text):
                return
            start = self.at
            kind, value = self._type_token() if self.type_depth >= 0 else self._token()
            self.before = kind
            yield Token(kind, value, start_pos=start, end_pos=self.at)

    def _token(self) -> tuple[str, str]:
        if introduced := self._introduced():
            return introduced
        for kind, pattern in (("NUMBER", _NUMBER), ("STRING", _STRING)):
            if found := pattern.match(self.text, self.at):
                self.at = found.end()
                if kind == "STRING" and self.open[-1:] == ["{"] and self.before in ("_LBRACE", "_COMMA"):
                    self.introduced.add(normal_name(found[0][1:-1]))
                return ("AT_STRING" if found[0].startswith("@") else kind), found[0]
        if word := self._longest_name():
            return self._named(word)
        if found := _SIGN.match(self.text, self.at):
            return self._sign(found[0])
        raise _unexpected(self.text, self.at)

    def _introduced(self) -> tuple[str, str] | None:
        """A name that this text itself gives to something: a key, a parameter, a variable."""
        inside = self.open[-1] if self.open else ""
        first = self.before in ("_LBRACE", "_LPAR", "_COMMA")
        kind, pattern = "", _KEY
        if inside == "{" and first:
            kind = "KEY"
        elif inside == "(" and first:
            kind, pattern = "KEY", _NAMED
        elif inside == "parameters" and first:
            kind, pattern = "PARAMETER", _PARAMETER
        elif self.before in ("_FOR", "QUANTIFIER") or (inside == "for" and self.before == "_COMMA"):
            kind, pattern = "VARIABLE", _VARIABLE
        found = pattern.match(self.text, self.at) if kind else None
        if not found or not found[0].strip():
            return None
        self.at = found.end()
        name = normal_name(re.sub(_BLANK, " ", found[0]))
        self.introduced.add(name)
        return kind, name

    def _longest_name(self) -> str:
        found = [pattern.match(self.text, self.at) for pattern in (_WORD, self.known)]
        own = [_names_pattern(frozenset({name})).match(self.text, self.at) for name in self.introduced if not name.isidentifier()]
        return max((match[0] for match in (*found, *own) if match), key=len, default="")

    def _named(self, word: str) -> tuple[str, str]:
        start, self.at = self.at, self.at + len(word)
        after = self.text[_end_of_blank(self.text, self.at) :][:8]
        if self.before == "_DOT":
            return "NAME", normal_name(word)
        if word in ("not", "function") and after.startswith("("):
            return f"_{word.upper()}", word
        if word == "external" and self.before == "_RPAR":
            return "_EXTERNAL", word
        if word == "instance" and re.match(r"of\b", after):
            return "_INSTANCE", word
        if word == "of" and self.before == "_INSTANCE":
            self.type_depth = 0
            return "_OF", word
        if word in ("return", "satisfies") and self.open and self.open[-1] == "for":
            self.open.pop()
        if word in ("for", "some", "every") and not _VARIABLE.match(self.text, _end_of_blank(self.text, self.at)):
            raise _unexpected(self.text, start)
        if word in ("for", "some", "every"):
            self.open.append("for")
        return _KEYWORDS.get(word, "NAME"), normal_name(word)

    def _sign(self, sign: str) -> tuple[str, str]:
        operand = self.before in _OPERANDS
        self.at += len(sign)
        kind = _SIGNS[sign]
        if sign == "(":
            self.open.append("parameters" if self.before == "_FUNCTION" else "(")
        elif sign == "{":
            self.open.append("{")
        elif sign == "[" and operand and _AFTER_END.match(self.text, _end_of_blank(self.text, self.at)):
            kind = "_AVERTED"
            self._close()
        elif sign == "]" and not operand and self.before != "_LSQB":
            kind = "_REVERSED"
            self.open.append("[")
        elif sign == "[":
            self.open.append("[")
        elif sign in ")]}":
            self._close()
        elif sign == ":" and self.before == "PARAMETER":
            self.type_depth = 0
        return kind, sign

    def _close(self) -> None:
        while self.open and self.open.pop() == "for":
            pass

    def _type_token(self) -> tuple[str, str]:
        """A token of a type, as after ``instance of``."""
        sign = self.text[self.at]
        if self.text.startswith("->", self.at):
            self.at += 2
            return "_ARROW", "->"
        if sign in "<>,:":
            self.at += 1
            self.type_depth += {"<": 1, ">": -1}.get(sign, 0)
            self._leave_type(done=sign == ">")
            return {"<": "_TYPE_OPEN", ">": "_TYPE_CLOSE", ",": "_TYPE_COMMA", ":": "_COLON"}[sign], sign
        if self.type_depth and (key := re.compile(r"[^:<>,]+(?=:)").match(self.text, self.at)):
            self.at = key.end()
            return "TYPE_KEY", normal_name(key[0])
        name = self._type_name()
        self.at += len(name)
        self._leave_type(done=not self.text.startswith("<", _end_of_blank(self.text, self.at)))
        return "TYPE_NAME", re.sub(rf"[{_SPACE}]*\.[{_SPACE}]*", ".", normal_name(name))

    def _type_name(self) -> str:
        start, name = self.at, ""
        while word := self._longest_name():
            name = self.text[start : self.at + len(word)]
            dot = re.compile(rf"[{_SPACE}]*\.(?!\.)[{_SPACE}]*").match(self.text, self.at + len(word))
            if not dot:
                break
            self.at = dot.end()
        self.at = start
        if not name:
            raise _unexpected(self.text, start)
        return name

    def _leave_type(self, *, done: bool) -> None:
        if done and self.type_depth == 0 and not self.text.startswith("->", _end_of_blank(self.text, self.at)):
            self.type_depth = -1


def _unexpected(text: str, at: int) -> UnexpectedCharacters:
    return UnexpectedCharacters(text, at, 1, at + 1)  # type: ignore[no-untyped-call]


def _end_of_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


@lru_cache(maxsize=4096)
def _names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """A pattern of the names that are more than one plain word, longest first; space in them may be any space."""
    special = sorted((name for name in names if not _WORD.fullmatch(name) and name.strip()), key=lambda name: (-len(name), name))
    if not special:
        return re.compile(r"(?!)")
    return re.compile(f"(?:{'|'.join(_spaced(name) for name in special)})(?![{_PART.removeprefix('?')}])")


def _spaced(name: str) -> str:
    parts = re.findall(r"[-+*/.'’]|[^-+*/.'’\s]+", name)
    glued = ""
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        both = following and not (re.fullmatch(r"[-+*/.'’]", part) or re.fullmatch(r"[-+*/.'’]", following))
        glued += re.escape(part) + (rf"[{_SPACE}]+" if both else rf"[{_SPACE}]*" if following else "")
    return glued

"""Text to syntax: the only place that calls the parser, built on first use.

The syntax says nothing about types; ``aljabr.feel.checking`` gives it names and types for tables, ``aljabr.feel.dynamic`` evaluates
it as it stands. Length and nesting are bounded, so that no text can exhaust whoever walks its syntax.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import lark

from aljabr.errors import ExpressionRefused
from aljabr.feel.lexing import NameLexer, Source

Syntax = lark.Tree[lark.Token]
Start = Literal["cell", "expression"]

_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "≤": "<=", "≥": ">="})


MAX_LENGTH = 20_000
MAX_NESTING = 100


@cache
def _parser() -> lark.Lark:
    grammar = files("aljabr.feel").joinpath("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(grammar, parser="lalr", lexer=NameLexer, start=["cell", "expressions"], maybe_placeholders=False)


@lru_cache(maxsize=8192)
def parse(text: str, start: Start, names: frozenset[str] = frozenset()) -> Syntax:
    """Return the syntax of a text.

    Parameters
    ----------
    text : str
        FEEL.
    start : str
        ``cell`` for the unary tests of an input entry, ``expression`` for everything else.
    names : frozenset of str
        The names in scope that have spaces or signs in them; plain words need not be named.

    Raises
    ------
    ExpressionRefused
        When the text is outside the grammar; the message shows where, and what to write instead. Also when it is too long or
        nested too deeply.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionRefused(f"An expression has {len(text)} characters.", f"Keep it under {MAX_LENGTH}.")
    try:
        syntax = _parser().parse(Source(text=text, names=names), start="cell" if start == "cell" else "expressions")
    except lark.exceptions.UnexpectedInput as error:
        raise ExpressionRefused(_place(text, error), _advice(text, start), expression=text) from None
    if _nesting(syntax) > MAX_NESTING:
        raise ExpressionRefused(
            f"The expression {text[:60]!r}… is nested too deeply.", "Take parts of it into decisions of their own."
        )
    return syntax


def _nesting(syntax: Syntax) -> int:
    depth, level = 0, [syntax]
    while level and depth <= MAX_NESTING:
        depth += 1
        level = [child for node in level for child in parts_of(node)]
    return depth


def parts_of(syntax: Syntax) -> list[Syntax]:
    """Return the children that are syntax themselves, without the signs between them."""
    return [child for child in syntax.children if isinstance(child, lark.Tree)]


def string_value(token: str) -> str:
    """Return the text a FEEL string literal stands for.

    Raises
    ------
    ExpressionRefused
        On an escape FEEL does not know, or on a NUL character.
    """
    try:
        escaped = re.sub(r"\\U([0-9a-fA-F]{6})", lambda found: json.dumps(chr(int(found[1], 16)))[1:-1], token)
        value = str(json.loads(escaped.replace("\\'", "'"), strict=False))
    except ValueError as error:
        raise ExpressionRefused(f"{token} is no text.", 'Escape with \\" \\\\ \\n \\t or \\uXXXX only.') from error
    if "\0" in value or any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
        raise ExpressionRefused(f"{token} contains a character that no text may have.", "Take it out.")
    return value


def _place(text: str, error: lark.exceptions.UnexpectedInput) -> str:
    at_end = isinstance(error, lark.exceptions.UnexpectedToken) and error.token.type == "$END"
    position = len(text) if at_end or error.pos_in_stream is None else error.pos_in_stream
    where = f"stops being understood at {text[position:]!r}" if position < len(text) else "ends too early"
    return f"The expression {text!r} {where}."


def _advice(text: str, start: Start) -> str:
    plain = text.translate(_TYPOGRAPHY)
    if plain != text:
        return f"Write it with plain signs: {plain}"
    if not text.strip():
        return "Write - for any value." if start == "cell" else "Write null for no value."
    if re.fullmatch(r"\s*[^\W\d][\w]*(\s+[\w]+)+\s*", text):
        return "Names have no spaces here: write an underscore, or put text between double quotes."
    if start == "expression" and re.match(r"\s*(<|>|=|\[)", text):
        return "An output is a value, not a test: write if … then … else …."
    return "The expressions that are understood are listed in docs/reference/expressions.md."

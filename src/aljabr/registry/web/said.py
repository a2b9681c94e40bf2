"""Says in the page's language what an action or the database refused.

Actions raise errors with an English sentence, which logs, tests and the interface for programs keep. People read the sentence
in their language: ``make messages`` keeps every sentence there is in ``locale/sentences.txt``, with ``{0}`` where a value stands;
a sentence is recognised by it, translated, and given its values back.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.translation import get_language, gettext

from aljabr.registry.web.codes import label
from aljabr.registry.web.language import RIGHT_TO_LEFT

SENTENCES = Path(__file__).parent.parent / "locale" / "sentences.txt"


def said(sentence: str) -> str:
    """Return a sentence of an error in the page's language; as it is where nobody translated it."""
    translated = gettext(sentence) if sentence else ""
    if translated != sentence:
        return translated
    for pattern, template in _templates():
        found = pattern.fullmatch(sentence)
        if found:
            return gettext(template).format(*(_value(value) for value in found.groups()))
    return sentence


def _value(value: str) -> str:
    comma = "، " if get_language() in RIGHT_TO_LEFT else ", "
    return comma.join(label(part) for part in value.strip("'").split(", "))


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with values, longest fixed text first, so that the most particular one is recognised."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if "{0}" in line]
    lines.sort(key=lambda line: -len(re.sub(r"\{\d\}", "", line)))
    return tuple((re.compile(re.sub(r"\\\{\d\\\}", "(.*)", re.escape(line)), re.DOTALL), line) for line in lines)

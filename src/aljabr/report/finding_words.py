"""Says in Arabic what a check of a programme says in English.

A check writes its sentences in English with names, dates and sums filled in. ``findings.yaml`` has the same sentences with ``{}``
where something is filled in; whatever stands there is kept, or said in Arabic too when it is a sentence of its own.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from aljabr.report.wording import isolate


@cache
def sentences() -> dict[str, str]:
    """Return the sentences, English → Arabic."""
    text = files("aljabr.report").joinpath("findings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def finding_text(text: str, language: str) -> str:
    """Return a sentence of a check in a language; in English where there is no other.

    Examples
    --------
    >>> finding_text("It has 0 days.", "ar").translate({0x2068: None, 0x2069: None})
    'مدّتها بالأيام: 0.'
    """
    return _translated(text) or text if language == "ar" else text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    # The sentence with the most fixed text first, so that a wider one never takes what belongs to a narrower.
    ordered = sorted(sentences().items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return tuple((re.compile("(.*?)".join(re.escape(part) for part in said.split("{}")), re.DOTALL), ar) for said, ar in ordered)


def _translated(text: str) -> str:
    for pattern, arabic in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return arabic.format(*(_translated(inner) or isolate(inner) for inner in found.groups()))
    return ""

"""Says what the pages on linkage say: fixed texts, what a column means, what a level of agreement is called."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from aljabr.errors import AljabrError
from aljabr.names.places import resolve_place
from aljabr.report.wording import pick

LANGUAGES = ("ar", "ckb", "en")


@cache
def linkage_words() -> dict[str, Any]:
    """Return the texts: key → language → text, and the tables ``meanings``, ``levels`` and ``name_parts``."""
    loaded: dict[str, Any] = yaml.safe_load(files("aljabr.report").joinpath("linkage_words.yaml").read_text(encoding="utf-8"))
    return loaded


def say_linkage(key: str, language: str, **values: object) -> str:
    """Return a fixed text in a language; whole numbers among the values get separators.

    Raises
    ------
    AljabrError
        When there is no text of that key.

    Examples
    --------
    >>> say_linkage("progress", "en", judged=12, all=1500)
    '12 of 1,500 judged'
    """
    if key not in linkage_words():
        raise AljabrError(f"There is no text {key!r}.", "Add it to linkage_words.yaml.")
    spoken = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    return pick(linkage_words()[key], language).format(**spoken)


def meaning_text(meaning: str, language: str) -> str:
    """Return what a column or a comparison is called; its code with spaces when it has no name.

    Examples
    --------
    >>> meaning_text("father", "ar"), meaning_text("tribe_code", "en")
    ('اسم الأب', 'tribe code')
    """
    return pick(linkage_words()["meanings"].get(meaning, {}), language, otherwise=meaning.replace("_", " "))


def code_text(code: str, language: str) -> str:
    """Return what a code of a run is called; the code itself when it has no name."""
    return pick(linkage_words()["codes"].get(code, {}), language, otherwise=code)


def place_text(code: str) -> str:
    """Return a place's name before its P-code; the text itself when it is no code of one place.

    Examples
    --------
    >>> place_text("IQG15Q03"), place_text("Baashiqa")
    ('Al-Hamdaniya (IQG15Q03)', 'Baashiqa')
    """
    read = resolve_place(code) if code else None
    return f"{read.places[0].name} ({code})" if read and read.how == "code" and len(read.places) == 1 else code


def level_text(label: str, language: str) -> str:
    """Return a scorer's level label in a language, the label itself where that language has none.

    Examples
    --------
    >>> level_text("same father's name", "ar"), level_text("same father's name", "en")
    ('اسم الأب متطابق', "same father's name")
    """
    words = linkage_words()
    if language in words["levels"].get(label, {}):
        return str(words["levels"][label][language])
    for noun, spoken in words["name_parts"].items():
        pattern = words["levels"].get(label.replace(noun, "{name}"), {}).get(language)
        if noun in label and pattern:
            return str(pattern).format(name=spoken[language])
    return label

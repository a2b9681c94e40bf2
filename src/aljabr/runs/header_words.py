"""What the header of a column says it holds, by the words people use for it in five languages: a table read from YAML.

Order: the programme's own mappings know a header best; then the words of the table; a word for the person harmed turns a claimant's
name, sex, birth or number into the victim's. A header that speaks of somebody else says nothing. Values are not looked at here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from aljabr.names import fold

_NOT_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OWNER = re.compile(r"['’]s\b")
_LATIN = str.maketrans({"ı": "i", "İ": "i"})
_VICTIMS = {"full_name", "sex", "born", "id_number"}
# Words that carry a meaning only as the whole header: inside longer ones they may speak of anything.
_SHORT = 2


@dataclass(frozen=True, kw_only=True)
class HeaderReading:
    """What a header says: the target, and whether it says nothing else."""

    target: str
    exact: bool


def plain(text: str) -> str:
    """Return a header as it is compared: folded, without marks, case, article and punctuation.

    Examples
    --------
    >>> plain("CİNSİYET"), plain("Roja Bûyerê"), plain("تاريخ الحادثة")
    ('cinsiyet', 'roja buyere', 'تاريخ حادثه')
    """
    spaced = _CAMEL.sub(" ", _OWNER.sub(" ", text)).translate(_LATIN)
    bare = "".join(char for char in unicodedata.normalize("NFD", spaced) if not unicodedata.combining(char))
    words = _NOT_WORD.sub(" ", fold(bare).casefold().translate(_LATIN)).split()
    return " ".join(_without_article(word) for word in words)


def read_header_words(header: str) -> HeaderReading | None:
    """Return what a header says, or None when its words are not known.

    Examples
    --------
    >>> read_header_words("مواليد المتضرر")
    HeaderReading(target='victim.born', exact=False)
    >>> read_header_words("Doğum tarihi")
    HeaderReading(target='claimant.born', exact=True)
    """
    name = plain(header)
    table, victims, others = _table()
    if name in table:
        return HeaderReading(target=table[name], exact=True)
    about_victim = next((word for word in victims if _holds(name, word)), "")
    carried = [(len(word), word, target) for word, target in table.items() if len(word) > _SHORT and _holds(name, word)]
    if about_victim and not any(target in {"relation", "item.incident_on"} for *_, target in carried):
        about = max(carried, default=(0, "", "claimant.full_name"))[2].rpartition(".")
        if about[0] == "claimant" and about[2] in _VICTIMS:
            return HeaderReading(target=f"victim.{about[2]}", exact=False)
        return None
    if not carried or any(_holds(name, word) for word in others):
        return None
    longest = max(length for length, *_ in carried)
    return HeaderReading(target=next(target for length, _, target in carried if length == longest), exact=False)


@cache
def _table() -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    loaded = yaml.safe_load(files("aljabr.runs").joinpath("header_words.yaml").read_text(encoding="utf-8"))
    words = {target: [plain(word) for row in rows for word in row.split(",")] for target, rows in loaded.items()}
    victims, others = tuple(words.pop("victim")), tuple(words.pop("others"))
    table: dict[str, str] = {}
    for target, listed in words.items():
        for word in listed:
            table.setdefault(word, target)
    return table, victims, others


def _holds(name: str, word: str) -> bool:
    return f" {word} " in f" {name} "


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word

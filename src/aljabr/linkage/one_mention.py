"""Reads one new mention as ``features`` reads a whole intake, in a fraction of a millisecond instead of some thirty statements.

What depends on the other mentions (which last words are family names, which numbers a crowd shares) comes from the register's
``Surroundings``, as they were when its index was built. A test holds every feature against those that the database derives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile
from typing import Any

from aljabr.linkage.doubts import _SUSPECT_WORDS, OLDEST_BIRTH, POSTHUMOUS_DAYS, _doubt_of
from aljabr.linkage.features import MOST_BIRTH_YEARS, TAKEN
from aljabr.linkage.mentions import ORGANISATION_WORDS
from aljabr.names import NAME_SEPARATORS, token_facts
from aljabr.names.agreement import word_letters
from aljabr.names.gathering import gathered_key, without_last_t
from aljabr.names.parts import is_kunya, names_in_order

_SEPARATORS = re.compile(NAME_SEPARATORS)
_SPACES = re.compile(r"\s+", re.ASCII)
_SUSPECT = re.compile(_SUSPECT_WORDS)
_ARABIC = re.compile(
    "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
)
_SORANI = re.compile("[ەێۆڵڕ]")
_FIRST_ABD, _LAST_DIN = re.compile(r"^abda?l?(..)"), re.compile(r"(..)al?dyn$")
_IN_GOVERNORATE = re.compile("IQG..")
_SERIAL = re.compile("[0-9]{1,18}$")
_ONE_DIGIT = re.compile(r"(\d)\1*")
_COUNTED = frozenset({"1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "987654321"})
_OLDEST, _NEWEST = date.fromisoformat(OLDEST_BIRTH), date(2100, 1, 1)
_UNNAMED = dict.fromkeys(
    ("words", "bag", "run", "run_like", "given", "given_key", "father", "father_key", "grandfather", "grandfather_key", "family",
     "family_key", "given_start")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a register says of a value by all of its mentions: last words that are family names, numbers that a crowd shares.

    ``features`` says how the scorer reads mentions, ``batches`` gives the first and last serial of every batch of numbers.
    """

    families: frozenset[str]
    shared_phones: frozenset[str]
    doubtful_ids: frozenset[str]
    features: int = 2
    batches: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_mention(taken: Mapping[str, Any], surroundings: Surroundings) -> dict[str, Any]:
    """Return the features of one mention.

    Parameters
    ----------
    taken : mapping
        The columns of ``TAKEN``; one that is absent is null.
    surroundings : Surroundings
        Of the register it is matched against.

    Returns
    -------
    dict
        The columns of ``linkage_records`` but its number.
    """
    told: dict[str, Any] = {name: taken.get(name) for name in TAKEN}
    name, mother = told["full_name"], _name_parts(told["mother"], frozenset(), surroundings.features) if told["mother"] else None
    parts = None if name is None or _names_nobody(name) else _name_parts(name, surroundings.families, surroundings.features)
    told |= parts or _UNNAMED
    told |= {
        "in_arabic": bool(name and _ARABIC.search(name) and not _SORANI.search(name)),
        "organisation": bool(name and set(name.lower().split(" ")) & set(ORGANISATION_WORDS)),
        "mother": mother["given"] if mother else None,
        "mother_key": mother["given_key"] if mother else None,
        "mother_run": mother["run"] if mother else None,
        "mother_run_like": mother["run_like"] if mother else None,
        "own_phone": None if told["phone"] in surroundings.shared_phones else told["phone"],
        "id_number": None if _tells_nobody(told["id_number"], surroundings) else told["id_number"],
        "lost_on": told["lost_earliest_on"] if told["lost_earliest_on"] == told["lost_latest_on"] else None,
    }
    if surroundings.features > 2 and _born_after_loss(told):
        told |= {"born_earliest_on": None, "born_latest_on": None}
    birth = _birth(told["born_earliest_on"], told["born_latest_on"])
    if surroundings.features > 2:
        earliest = told["born_earliest_on"]
        by_default = (
            earliest is not None and earliest == told["born_latest_on"] and birth["born_earliest_on"] != birth["born_latest_on"]
        )
        told |= {
            **{f"{part}_word": told.get(f"{part}_word") for part in ("given", "father", "grandfather", "family")},
            "mother_word": mother["given_word"] if mother else None,
            "match_key": None,
            "day_by_default": by_default,
            **_number(told["id_number"], surroundings.batches),
        }
    return told | _groups(told) | birth


def _groups(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the groups by which names are counted: key, sex (of the bearer's own name only) and governorate."""
    region, place = told["region"] or "", told["place"] or ""
    governorate = region if _IN_GOVERNORATE.fullmatch(region) else place[:5] if _IN_GOVERNORATE.match(place) else None
    sex = {"male": "m", "female": "f"}.get(told["sex"] or "", "")
    groups: dict[str, Any] = {"governorate": governorate}
    for part in ("given", "father", "grandfather", "family", "mother"):
        key = told[f"{part}_key"]
        groups[f"{part}_group"] = None if key is None else f"{key}|{sex if part == 'given' else ''}|{governorate or ''}"
    return groups


def _name_parts(full_name: str, families: frozenset[str], features: int) -> dict[str, Any] | None:
    """Cut a full name into its parts, as ``keys`` does; None when it holds no word."""
    third = features > 2
    if third:
        full_name = names_in_order(full_name)
    facts = [fact for token in _SEPARATORS.split(full_name) if token and (fact := _facts(token))[3] != "connector"]
    facts = list(dropwhile(lambda fact: fact[3] == "title", facts)) or facts
    words: list[list[tuple[str, str, str, str, bool]]] = []
    for place, fact in enumerate(facts):
        role, before = fact[3], facts[place - 1][3] if place else ""
        after = facts[place + 1][3] if place + 1 < len(facts) else ""
        if words and (before == "prefix" or role == "suffix" or (role == "prefix" and fact[4] and after == "suffix")):
            words[-1].append(fact)
        else:
            words.append([fact])
    if third and words and is_kunya([token_facts(fact[0]).repaired for fact in words[0]], words=len(words)):
        del words[0]
    if not words:
        return None
    forms = [_form("".join(fact[1] for fact in word)) for word in words]
    keys = [_key(word, third=third) for word in words]
    many = len(keys)
    has_family = many > 3 or (many > 1 and (words[-1][0][4] or keys[-1] in families))
    own = many - has_family
    parts: dict[str, Any] = {
        "words": many,
        "bag": " ".join(sorted(keys)),
        "run": "".join(f" {key} " for key in keys),
        "run_like": "%" + "%".join(f" {key} " for key in keys) + "%",
        "given_start": keys[0][:2],
    }
    for place, name in enumerate(("given", "father", "grandfather")):
        there = place == 0 or own > place
        parts |= {name: forms[place] if there else None, f"{name}_key": keys[place] if there else None}
        if third:
            parts[f"{name}_word"] = _letters(words[place]) if there else None
    if third:
        parts["family_word"] = _letters(words[-1]) if has_family else None
    return parts | {"family": forms[-1] if has_family else None, "family_key": keys[-1] if has_family else None}


def _key(word: list[tuple[str, str, str, str, bool]], *, third: bool) -> str:
    if not third:
        return "".join(fact[2] for fact in word)
    return without_last_t("".join(gathered_key(token_facts(fact[0])) for fact in word))


def _letters(word: list[tuple[str, str, str, str, bool]]) -> str:
    return word_letters(" ".join(token_facts(fact[0]).repaired for fact in word))


def _number(number: str | None, batches: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """Return how a document number is made up, and the batch of the register's numbers that it stands among."""
    if number is None:
        return {"id_prefix": None, "id_serial": None, "id_batch": None}
    found = _SERIAL.search(number)
    digits = found[0] if found else ""
    serial, prefix = int(digits) if digits else None, number[: len(number) - len(digits)]
    start = f"{prefix}|{len(number)}|"
    among = (name for name, (first, last) in batches.items() if name.startswith(start) and first <= (serial or -1) <= last)
    return {"id_prefix": prefix, "id_serial": serial, "id_batch": next(among, None)}


def _facts(token: str) -> tuple[str, str, str, str, bool]:
    """Return token, skeleton without the article, key, role and whether it carries the article."""
    fact = token_facts(token)
    spelled = fact.skeleton
    if fact.article and fact.key == "":
        spelled = ""  # the article by itself
    elif (fact.article or fact.role == "suffix") and spelled.startswith("al") and len(spelled) > 4:
        spelled = spelled[2:]
    return token, spelled, fact.key, fact.role, fact.article


def _form(skeleton: str) -> str:
    return _LAST_DIN.sub(r"\1dyn", _FIRST_ABD.sub(r"abd\1", skeleton, count=1), count=1)


def _names_nobody(name: str) -> bool:
    marked = any(c.isdecimal() or c in "@?\ufffd" for c in name)
    suspect = marked or len(name) <= 3 or len(_SPACES.split(name.strip(" "))) <= 2 or bool(_SUSPECT.search(name))
    return suspect and bool(_doubt_of(name))


def _tells_nobody(number: str | None, surroundings: Surroundings) -> bool:
    if number is None:
        return False
    plain = not any(c in "0123456789" for c in number) or len(number) < 4 or bool(_ONE_DIGIT.fullmatch(number))
    return plain or number in _COUNTED or number in surroundings.doubtful_ids


def _born_after_loss(told: Mapping[str, Any]) -> bool:
    born, lost = told["born_earliest_on"], told["lost_latest_on"]
    return born is not None and lost is not None and (born - lost).days > POSTHUMOUS_DAYS


def _birth(first: date | None, last: date | None) -> dict[str, Any]:
    if (last is not None and last < _OLDEST) or (first is not None and first > _NEWEST):
        first = last = None
    day_known = first is not None and first == last
    year_only = day_known and first is not None and (first.month, first.day) in {(1, 1), (7, 1)}
    return {
        "born_earliest_on": date(first.year, 1, 1) if year_only and first else first,
        "born_latest_on": date(last.year, 12, 31) if year_only and last else last,
        "born_on": first if day_known and not year_only else None,
        "born_year": first.year if first and last and first.year == last.year else None,
        "born_years": list(range(first.year, last.year + 1))
        if first and last and 0 <= last.year - first.year < MOST_BIRTH_YEARS
        else None,
        "age_year": (first + (last - first) // 2).year if first and last and last.year > first.year else None,
    }

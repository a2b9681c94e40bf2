"""Names and codes of Iraqi governorates, districts and towns, read as P-codes; what could be several places is said to be several.

Order: 1. a code of one of the three systems (OCHA ``IQG15Q07``, DTM ``IRQ-G15Q07``, ESOC ``iq15093``) is looked up; 2.
otherwise the text is cut at commas, slashes and dashes, words such as district or محافظة are taken off and remembered; 3.
every piece is looked up by its spelling, then by its key; 4. readings that lie in one another support each other, a given
governorate excludes the rest. A town stands for its district, or for its governorate where the list of 2019 has no
district for it. Nothing is said of who lives there.

References ---------- Codes and names: OCHA administrative boundaries of Iraq, list of 2019-06-03, and IOM DTM rounds 2014
to 2016 (open with attribution); ESOC-Iraq v3 district codes. Spellings: iraq_geo_data (m7amad-t, MIT, community quality),
iraqi-geography-data (hoshmandent, MIT), corrected and extended by hand. ESOC gives ``iq01`` to two governorates and
``iq11082`` to two districts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from aljabr.names.closeness import spelling_cost
from aljabr.names.folding import fold
from aljabr.names.letters import words
from aljabr.names.meeting import meeting_keys

__all__ = ["Place", "PlaceReading", "resolve_place"]

How = Literal["code", "name", "spelling", "part", "none"]

_OCHA = re.compile(r"(?:iq|irq)[-_ ]?g(\d{2})(?:[-_ ]?q(\d{2}))?")
_ESOC = re.compile(r"iq\d{2}(?:\d{3})?")
_CUT = re.compile(r"[,،;؛/\\|()\[\]\n]+| [-–—] ")
_GOVERNORATE = words("محافظه محافظة پارێزگای پاريزگاي پاريزگا governorate gov province muhafazat parezga parêzgeh parezgeha il")
_DISTRICT = words("قضاء قضا قەزاي قەزا district qada qadha qeza qaza ilce ilçe")
_EMPTY = words(
    "ناحيه مركز مدينه شاري شار ناحيەي ناحيە گوندي قريه حي العراق iraq city town center centre nahiya nahiyat nahia "
    "subdistrict sub village "
    "bajer bajari of the markaz navend saloxa merkez"
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of the list.

    Parameters
    ----------
    code : str
        P-code of 2019 of a governorate or a district; of a town that of its district or governorate.
    level : {1, 2, 3}
        Governorate, district, town.
    name : str
        The name in the list of 2019, or of the town.
    governorate : str
        P-code.
    """

    code: str
    level: int
    name: str
    governorate: str

    @property
    def dtm_code(self) -> str:
        """Return the code in the DTM's form, ``IRQ-G15Q07``."""
        return "IRQ-" + self.code.removeprefix("IQ")


@dataclass(frozen=True, kw_only=True)
class PlaceReading:
    """What a text about a place may mean.

    Parameters
    ----------
    governorates, districts : tuple of str
        P-codes that it may be, in order; a governorate always accompanies its districts.
    how : {"code", "name", "spelling", "part", "none"}
        Found by a code, by a spelling of the list, by a key of another spelling, by some words of a longer text (an address, or a
        person's name with a place's in it), or not at all.
    ambiguous : bool
        Whether it may be several places of one level; a name shared by a governorate and its district is not.
    places : tuple of Place
        The readings themselves.
    """

    governorates: tuple[str, ...]
    districts: tuple[str, ...]
    how: How
    ambiguous: bool
    places: tuple[Place, ...]


_SUREST: tuple[How, ...] = ("name", "spelling", "part")
_NOWHERE = PlaceReading(governorates=(), districts=(), how="none", ambiguous=False, places=())


@lru_cache(maxsize=1 << 14)
def resolve_place(text: str, *, within: str = "") -> PlaceReading:
    """Read a code or a name of a place.

    Parameters
    ----------
    text : str
        A code of any of the three systems, or a name in Arabic, Sorani, Kurmanji, Turkish or Latin letters, also with its
        governorate, or with the word for district or governorate.
    within : str
        P-code of a governorate the place is known to lie in; readings elsewhere are left out when one lies there.

    Returns
    -------
    PlaceReading
        Empty, with ``how`` ``none``, when nothing of the list is meant.

    Examples
    --------
    >>> [resolve_place(text).districts for text in ("IRQ-G15Q07", "iq15093", "قضاء سنجار", "Şingal", "شەنگال / نينوى")]
    [('IQG15Q07',), ('IQG15Q07',), ('IQG15Q07',), ('IQG15Q07',), ('IQG15Q07',)]
    >>> resolve_place("iq01").ambiguous, resolve_place("النجف").districts, resolve_place("محافظة النجف").districts
    (True, ('IQG04Q03',), ())
    """
    coded = _by_code(fold(text).strip())
    if coded is not None:
        return _reading(_inside(coded, within), "code") if coded else _NOWHERE
    found: list[list[Place]] = []
    hows: set[How] = set()
    for piece in _CUT.split(fold(text)):
        bare, level = _bare(piece)
        places, how = _by_name(piece, bare)
        if not places:
            places, how = _by_words(bare.split()), "part"
        of_level = [place for place in places if level in {0, place.level}] or places
        if of_level:
            found.append(of_level)
            hows.add(how)
    if not found:
        return _NOWHERE
    surest = next(how for how in _SUREST if how in hows)
    return _reading(_inside(_narrowed(found), within), surest)


def _by_code(folded: str) -> list[Place] | None:
    """Return the places of a code, None when the text is none."""
    ocha = _OCHA.fullmatch(folded)
    if ocha:
        code = f"IQG{ocha[1]}" + (f"Q{ocha[2]}" if ocha[2] else "")
        return [place for place in _table().places if place.code == code and place.level < 3]
    return _table().by_esoc.get(folded, []) if _ESOC.fullmatch(folded) else None


def _bare(piece: str) -> tuple[str, int]:
    """Return a piece without the words for a kind of place, and the level they say (0 when they say none)."""
    tokens = piece.replace(".", " ").split()
    level = 1 if _GOVERNORATE & set(tokens) else 2 if _DISTRICT & set(tokens) else 0
    kept = [token for token in tokens if token not in _GOVERNORATE | _DISTRICT | _EMPTY]
    return " ".join(kept), level


def _spelled(folded: str) -> str:
    """Return a folded name without spaces, hyphens and a first article, so that تل عفر is تلعفر and Al-Mosul is mosul."""
    joined = re.sub(r"[^\w]|_", "", folded)
    return (
        re.sub(r"^(?:ال|al|ar|as|ad|an|az|ash)(?=\w{3})", "", joined)
        if re.match(r"(?:ال|a[lrsdnz][\s-]|ash[\s-]|al)", folded)
        else joined
    )


def _by_name(piece: str, bare: str) -> tuple[list[Place], How]:
    table = _table()
    exact = table.by_spelling.get(_spelled(piece)) or table.by_spelling.get(_spelled(bare))
    if exact or not bare:
        return exact or [], "name"
    joined = re.sub(r"[\s-]", "", bare)
    near: list[tuple[float, Place]] = []
    for key in meeting_keys(bare) if len(joined) > 2 else ():
        near += [(spelling_cost(joined, spelling), place) for spelling, place in table.by_key.get(key, ())]
    near = [(cost, place) for cost, place in near if cost <= (0.7 if place.level < 3 else 0.45)]
    least = min((cost for cost, _ in near), default=0.0)
    return list(dict.fromkeys(place for cost, place in near if cost <= least + 0.2)), "spelling"


def _by_words(tokens: list[str]) -> list[Place]:
    """Return the governorate or district that the longest run of words in a text is a spelling of, the first of several."""
    table = _table()
    for length in range(min(len(tokens) - 1, 3), 0, -1):
        for start in range(len(tokens) - length + 1):
            spelled = _spelled(" ".join(tokens[start : start + length]))
            places = [place for place in table.by_spelling.get(spelled, ()) if place.level < 3 and len(spelled) > 2]
            if places:
                return places
    return []


def _narrowed(found: list[list[Place]]) -> list[Place]:
    """Return the readings of several pieces that agree: the deepest that lie within a reading of another piece."""
    if len(found) == 1:
        return found[0]
    governorates = [{place.governorate for place in places} for places in found]
    shared = set.intersection(*governorates)
    agreeing = [place for places in found for place in places if not shared or place.governorate in shared]
    districts = [place for place in agreeing if place.level > 1]
    tops = {place.governorate for places in found for place in places if all(other.level == 1 for other in places)}
    deep = [place for place in districts if not tops or place.governorate in tops]
    return list(dict.fromkeys(deep or agreeing))


def _inside(places: list[Place], within: str) -> list[Place]:
    return [place for place in places if place.governorate == within] or places if within else places


def _reading(places: Iterable[Place], how: How) -> PlaceReading:
    ordered = tuple(sorted(dict.fromkeys(places), key=lambda place: (place.level, place.code, place.name)))
    governorates = tuple(sorted({place.governorate for place in ordered}))
    districts = tuple(sorted({place.code for place in ordered if len(place.code) > 5}))
    return PlaceReading(
        governorates=governorates,
        districts=districts,
        how=how,
        ambiguous=len(governorates) > 1 or len(districts) > 1,
        places=ordered,
    )


@dataclass(frozen=True, kw_only=True)
class _Table:
    places: tuple[Place, ...]
    by_esoc: dict[str, list[Place]]
    by_spelling: dict[str, list[Place]]
    by_key: dict[str, list[tuple[str, Place]]]


@cache
def _table() -> _Table:
    file = resources.files("aljabr.names") / "tables" / "iraq_places.csv"
    table = _Table(places=(), by_esoc={}, by_spelling={}, by_key={})
    places = []
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        code = row["code"] or row["parent"]
        place = Place(code=code, level=int(row["level"]), name=row["name"], governorate=code[:5])
        places.append(place)
        for esoc in filter(None, row["esoc"].split("|")):
            table.by_esoc.setdefault(esoc, []).append(place)
        for name in filter(None, (row["name"], *row["also"].split("|"))):
            _note(table, fold(name), place)
    return _Table(places=tuple(places), by_esoc=table.by_esoc, by_spelling=table.by_spelling, by_key=table.by_key)


def _note(table: _Table, folded: str, place: Place) -> None:
    spelled = _spelled(folded)
    listed = table.by_spelling.setdefault(spelled, [])
    if place not in listed:
        listed.append(place)
    for key in meeting_keys(folded):
        if len(key) > 1:
            table.by_key.setdefault(key, []).append((re.sub(r"[\s-]", "", folded), place))

"""Two lists of the same invented people, with nothing but name, age and sex: what registers of the dead and the missing hold.

Every list names a person once. A part of the shorter list has a partner in the longer one, written as another clerk heard it: names
left out, misspelt, in another order, under another family name, the age a year or two off. The rest are strangers to it, and many
of them are brothers, sisters and namesakes of somebody there, of about the same age. Names are drawn by how common they are; none
is anybody's. A ``profile`` sets how often each of this happens, so that a linkage can be tried on lists of several habits.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from random import Random

from aljabr.samples.spelling import arabic_spellings, lam_alef_damage, misspelt
from aljabr.samples.vocabulary import DATA, Weighted

__all__ = ["PROFILES", "Entry", "Profile", "Rolls", "make_rolls"]

_KUNYA, _TITLES = "أبو", ("الحاج", "السيد", "الشيخ", "د.", "الشهيد")
_OLDEST = 95
# Counted as tokens, but halves of names.
_NO_NAMES = frozenset(("عبد", "الله", "الدين", "ناصر الدين", "الحاج", "السيد", "الشيخ", "جار"))
_FAMILY_ENDINGS = ("ي", "اوي", "اني", "ات", "")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """How two lists were written.

    Parameters
    ----------
    kinds : mapping of kind of difference to weight
        How partners differ; see ``Rolls.kinds``.
    partnered : float
        The share of the shorter list that stands in the longer one.
    kin : float
        The share of the longer list's households of which a member that is not on it stands on the shorter one.
    with_family : float
        The share of people whose family name carries the article; others go by a great-grandfather's name or a bare family name.
    older : float
        The share of ages that are a year off; a quarter as many are two years off.
    loose : float
        The share of words written with another of their usual spellings.
    decorated : float
        The share of names of the shorter list with a title or a kunya in front.
    unknown : float
        The share of ages, and half as many sexes, that are not told.
    damaged : bool
        Whether the longer list went through a program that turns the lam-alef around.
    """

    kinds: Mapping[str, float]
    partnered: float = 2 / 3
    kin: float = 0.25
    with_family: float = 0.7
    older: float = 0.16
    loose: float = 0.12
    decorated: float = 0.01
    unknown: float = 0.02
    damaged: bool = False


_USUAL = {
    "same": 43.0,
    "spelling": 8.0,
    "one left out": 26.0,
    "one left out, misspelt": 7.0,
    "two left out": 9.0,
    "last name another": 6.5,
    "order": 0.5,
}
PROFILES: Mapping[str, Profile] = {
    "usual": Profile(kinds=_USUAL),
    "half": Profile(kinds=_USUAL, partnered=1 / 3),
    "kin": Profile(kinds=_USUAL, kin=0.5, older=0.22, with_family=0.9),
    "short": Profile(kinds={**_USUAL, "same": 25.0, "two left out": 18.0, "one left out": 32.0}, with_family=0.85),
    "loose": Profile(
        kinds={**_USUAL, "same": 30.0, "spelling": 18.0, "one left out, misspelt": 12.0}, loose=0.3, decorated=0.05, unknown=0.05
    ),
    "damaged": Profile(kinds=_USUAL, damaged=True, loose=0.2, with_family=0.5),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of a list; ``person`` is the truth and no evidence."""

    name: str
    age: str
    sex: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Rolls:
    """The two lists; ``kinds`` says of every person on both how the two names differ."""

    short: tuple[Entry, ...]
    long: tuple[Entry, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Person:
    number: int
    words: tuple[str, ...]
    age: int
    sex: str


def make_rolls(profile: Profile, *, seed: int, short: int = 6_000, long: int = 28_000) -> Rolls:
    """Make both lists.

    Parameters
    ----------
    profile : Profile
        How they were written; some stand in ``PROFILES``.
    seed : int
        The same seed makes the same lists.
    short, long : int
        How many people stand on each.
    """
    rng = Random(seed)
    listed, kept_out = _people(rng, profile, long, wanted=short)
    partnered = round(short * profile.partnered)
    shared = rng.sample(listed, partnered)
    others = kept_out[: short - partnered]
    kind_of = Weighted(tuple(profile.kinds), tuple(profile.kinds.values()))
    hand = _Hand(rng, profile)
    longer = [hand.entry(person, person.words, again=False) for person in listed]
    kinds: dict[str, str] = {}
    shorter = []
    for person in shared:
        words, kind = hand.retold(person.words, kind_of.draw(rng))
        kinds[f"p{person.number}"] = kind
        shorter.append(hand.entry(person, words, again=True))
    shorter += [hand.entry(person, hand.retold(person.words, kind_of.draw(rng))[0], again=True) for person in others]
    rng.shuffle(shorter)
    rng.shuffle(longer)
    return Rolls(short=tuple(shorter), long=tuple(longer), kinds=kinds)


def without_partners(rolls: Rolls, share: float, *, seed: int) -> Rolls:
    """Return the lists with that share of partners struck from the longer one."""
    rng = Random(seed)
    struck = set(rng.sample(sorted(rolls.kinds), round(len(rolls.kinds) * share)))
    kinds = {person: kind for person, kind in rolls.kinds.items() if person not in struck}
    return replace(rolls, long=tuple(entry for entry in rolls.long if entry.person not in struck), kinds=kinds)


def _people(rng: Random, profile: Profile, long: int, *, wanted: int) -> tuple[list[_Person], list[_Person]]:
    """Return the people of the longer list, and others: kin and namesakes of theirs first, then strangers."""
    names = _names()
    listed: list[_Person] = []
    kin: list[_Person] = []
    number = 0
    while len(listed) < long:
        house = _house(rng, names, profile, number)
        number = house[-1].number + 1
        if len(house) > 1 and rng.random() < profile.kin:
            kin.append(house.pop(rng.randrange(len(house))))
        listed += house
    del listed[long:]
    strangers: list[_Person] = []
    while len(strangers) < wanted:
        house = _house(rng, names, profile, number)
        number = house[-1].number + 1
        strangers.append(house[0])
    near = [*kin, *strangers[: wanted // 2]]
    rng.shuffle(near)
    return listed, [*near, *strangers[wanted // 2 :]]


def _house(rng: Random, names: Mapping[str, Weighted[str]], profile: Profile, first: int) -> list[_Person]:
    """Return a father or a mother, or several children of one man, of whom most are on the same list."""
    line = [names["forebear"].draw(rng), names["forebear"].draw(rng)]
    draw = rng.random()
    if draw < profile.with_family:
        family: tuple[str, ...] = (names["family"].draw(rng),)
    else:
        family = (names["bare"].draw(rng),) if draw < profile.with_family + 0.6 * (1 - profile.with_family) else ()
    many = 1 if rng.random() < 0.45 else rng.randrange(2, 6)
    eldest = min(int(abs(rng.gauss(0, 1)) * 22) + rng.randrange(0, 22), _OLDEST)
    people, taken = [], set()
    for n in range(many):
        sex = "male" if rng.random() < 0.58 else "female"
        given = names[sex].draw(rng)
        if given in taken:
            continue
        taken.add(given)
        age = max(eldest - n * rng.choice((1, 2, 2, 3, 4)), 0)
        people.append(_Person(number=first + n, words=(given, *line, *family), age=age, sex=sex))
    return people


@cache
def _names() -> dict[str, Weighted[str]]:
    """Return names by place in the chain, by how common they are: the published shares, and a long tail of rare ones."""
    told: dict[str, dict[str, float]] = {"male": {}, "female": {}, "forebear": {}, "family": {}, "bare": {}}
    table = resources.files("aljabr.names") / "tables" / "iraq_names.csv"
    with table.open("r", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["governorate"] or len(row["token"]) < 3 or row["token"] in _NO_NAMES:
                continue
            place = {"given m": "male", "given f": "female"}.get(f"{row['position']} {row['sex']}", row["position"])
            told[place][row["token"]] = float(row["records"])
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            told[row["list"]].setdefault(row["arabic"], 3.0)
            if row["list"] == "male":
                told["forebear"].setdefault(row["arabic"], 4.0)
    told["family"] = {name: weight for name, weight in told["family"].items() if name.startswith("ال")}
    for name in sorted(told["forebear"]):
        if " " not in name and len(name) > 3 and not name.startswith("عبد"):
            for place, ending in enumerate(_FAMILY_ENDINGS):
                told["family"].setdefault(f"ال{name.rstrip('ةىي')}{ending}", 4.0 / (place + 1))
            told["bare"][name] = 1.0 + told["forebear"][name] / 20
    return {place: Weighted(tuple(names), tuple(names.values())) for place, names in told.items()}


class _Hand:
    """The clerk of a list."""

    def __init__(self, rng: Random, profile: Profile) -> None:
        self.rng, self.profile = rng, profile

    def entry(self, person: _Person, words: Sequence[str], *, again: bool) -> Entry:
        """Return the row of a person; ``again`` is the shorter list, whose ages slip and whose names are decorated."""
        rng, profile = self.rng, self.profile
        written = [self._spelt(word) for word in words]
        if again and rng.random() < profile.decorated:
            written = self._decorated(written, person.sex)
        name = " ".join(written)
        if profile.damaged and not again:
            name = lam_alef_damage(name)
        age = person.age
        if again:
            draw = rng.random()
            off = 1 if draw < profile.older else 2 if draw < profile.older * 1.25 else 0
            age = max(age + rng.choice((-1, 1)) * off, 0)
        sex = {"male": "ذكر", "female": "أنثى"}[person.sex]
        return Entry(
            name=name,
            age="" if rng.random() < profile.unknown / 2 else str(age),
            sex="" if rng.random() < profile.unknown / 4 else sex,
            person=f"p{person.number}",
        )

    def retold(self, words: tuple[str, ...], kind: str) -> tuple[tuple[str, ...], str]:
        """Return a name as told again, and how it differs in fact: a name of three words has none left out twice."""
        rng, last = self.rng, len(words) - 1
        if kind == "same":
            return words, kind
        if kind == "spelling":
            return self._misspelt(words), kind
        if kind == "order":
            return (words[last], *words[:last]), kind
        if kind == "last name another":
            return (*words[:last], self._another()), kind
        if kind == "two left out" and last > 2:
            return (words[0], words[last] if rng.random() < 0.7 else words[1]), kind
        left_out = self._left_out(last)
        short = tuple(word for place, word in enumerate(words) if place != left_out)
        return (self._misspelt(short) if "misspelt" in kind else short), "one left out" if kind == "two left out" else kind

    def _left_out(self, last: int) -> int:
        draw = self.rng.random()
        if last < 3:
            return 1 if draw < 0.6 else last
        return 2 if draw < 0.5 else last if draw < 0.75 else 1

    def _misspelt(self, words: Sequence[str]) -> tuple[str, ...]:
        place = self.rng.randrange(len(words))
        return tuple(misspelt(self.rng, word) if n == place and len(word) > 2 else word for n, word in enumerate(words))

    def _another(self) -> str:
        names = _names()
        return names["family" if self.rng.random() < 0.6 else "forebear"].draw(self.rng)

    def _spelt(self, word: str) -> str:
        if self.rng.random() >= self.profile.loose:
            return word
        spellings = arabic_spellings(word)
        return spellings[self.rng.randrange(len(spellings))]

    def _decorated(self, written: list[str], sex: str) -> list[str]:
        if sex == "male" and self.rng.random() < 0.4:
            return [_KUNYA, _names()["male"].draw(self.rng), *written]
        return [self.rng.choice(_TITLES[1:] if sex == "male" else ("الحاجة",)), *written]

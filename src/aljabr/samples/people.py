"""Invented people in invented households: a father, a mother, their children, with fitting names, one roof and one telephone.

Numbers that a state gives only once (identity numbers, telephone numbers, addresses) come from a serial by a fixed permutation, so
that two people never share one by accident. No person carries a community, and names are drawn without regard to place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from aljabr.samples.vocabulary import District, NameList, Token, districts, name_lists

_PHONE_PREFIXES = ("077", "078", "075")


@dataclass(kw_only=True, slots=True, eq=False)
class Person:
    """One invented person; ``name`` is given name, father's, grandfather's, family's."""

    number: int
    sex: str
    name: tuple[Token, Token, Token, Token]
    born: date
    id_number: str
    phone: str
    household: int
    dead: bool = False
    company: str = ""

    def adult_on(self, day: date) -> bool:
        """Whether the person is alive and of age on a day."""
        return not self.dead and (day - self.born).days >= 6575


@dataclass(kw_only=True, slots=True, eq=False)
class Household:
    """One household; ``number`` is what every register keys its own household code on."""

    number: int
    district: District
    father: Person
    mother: Person
    children: list[Person] = field(default_factory=list)

    def members(self) -> list[Person]:
        """Return everybody in the household."""
        return [self.father, self.mother, *self.children]


def permuted(serial: int, *, multiplier: int, modulus: int) -> int:
    """Return the place of ``serial`` in a fixed permutation of ``range(modulus)`` (the multiplier has no factor in common with it).

    Examples
    --------
    >>> sorted(permuted(n, multiplier=7, modulus=10) for n in range(10)) == list(range(10))
    True
    """
    return (serial * multiplier + 12_345) % modulus


class Population:
    """Hands out households and single people, numbering them in order."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self._people = 0
        self._households = 0
        self._phones = 0

    def household(self) -> Household:
        """Return a new household of two to eight people."""
        rng = self.rng
        names = name_lists().draw(rng)
        self._households += 1
        family, grandfather = names.family.draw(rng), names.male.draw(rng)
        father = self.person(names, "male", (names.male.draw(rng), grandfather, family), _day(rng, 1938, 1986))
        phone = father.phone
        mother_family = family if rng.random() < 0.3 else names.family.draw(rng)
        mother_born = father.born + timedelta(days=rng.randrange(0, 4_000))
        mother = self.person(names, "female", (names.male.draw(rng), names.male.draw(rng), mother_family), mother_born)
        mother.phone = phone if rng.random() < 0.8 else mother.phone
        home = Household(number=self._households, district=districts().draw(rng), father=father, mother=mother)
        for _ in range(rng.randrange(0, 7)):
            home.children.append(self._child(names, home))
        return home

    def person(self, names: NameList, sex: str, line: tuple[Token, Token, Token], born: date) -> Person:
        """Return a new person; ``line`` is father's, grandfather's and family's name."""
        self._people += 1
        given = (names.male if sex == "male" else names.female).draw(self.rng)
        name = (given, *line)
        return Person(
            number=self._people,
            sex=sex,
            name=name,
            born=born,
            id_number=self._id(born),
            phone=self.phone(),
            household=self._households,
        )

    def stranger(self) -> Person:
        """Return an adult who lives alone."""
        names, rng = name_lists().draw(self.rng), self.rng
        self._households += 1
        sex = "male" if rng.random() < 0.7 else "female"
        line = (names.male.draw(rng), names.male.draw(rng), names.family.draw(rng))
        return self.person(names, sex, line, _day(rng, 1945, 1995))

    def phone(self) -> str:
        """Return a mobile number nobody else has."""
        self._phones += 1
        number = permuted(self._phones, multiplier=48_271_731, modulus=10**8)
        return f"{_PHONE_PREFIXES[self._phones % 3]}{number:08d}"

    def _id(self, born: date) -> str:
        return f"{born.year}{permuted(self._people, multiplier=69_621_317, modulus=10**8):08d}"

    def _child(self, names: NameList, home: Household) -> Person:
        rng, father = self.rng, home.father
        born = home.mother.born + timedelta(days=6_600 + rng.randrange(0, 8_000))
        born = min(born, date(2013, 12, 28) - timedelta(days=rng.randrange(0, 3_000)))
        child = self.person(
            names, "male" if rng.random() < 0.55 else "female", (father.name[0], father.name[1], father.name[3]), born
        )
        child.phone = father.phone if rng.random() < 0.6 else child.phone
        return child


def _day(rng: Random, first_year: int, last_year: int) -> date:
    """A birthday; registers of that time knew many people's year only and wrote 1 July."""
    if rng.random() < 0.2:
        return date(rng.randrange(first_year, last_year + 1), 7, 1)
    return date(first_year, 1, 1) + timedelta(days=rng.randrange((last_year - first_year + 1) * 365))

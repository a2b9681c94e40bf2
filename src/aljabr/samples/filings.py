"""Who files what, where and when, and what is planted: the same person twice, relatives, two heads, ghosts, broken rows.

Order: draw a household and its losses, one honest filing for each, then the planted ones on top. A filing knows its truth; the
sources write it down with their own noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from aljabr.samples.levels import Level
from aljabr.samples.losses import Loss, draw_loss
from aljabr.samples.people import Household, Person, Population
from aljabr.samples.vocabulary import Weighted

COMMITTEE, KOBO, CAMP, PORTAL = SOURCES = ("committee", "ngo_kobo", "camp_register", "portal")
_SOURCE = Weighted(SOURCES, [40, 22, 13, 25])
_LOSSES = Weighted([1, 2, 3, 4], [60, 25, 10, 5])
OTHER_HEAD = {"house": "shop", "shop": "house", "farmland": "house", "contents": "house", "vehicle": "vehicle"}


@dataclass(kw_only=True, slots=True, eq=False)
class Filing:
    """One row of one source to be.

    Parameters
    ----------
    head : str
        The property kind it is claimed under, where the harm is property.
    phone : str
        The number given, which need not be the claimant's own.
    again : bool
        Whether this person's loss was filed before, so that the clerk writes it differently.
    fault : str
        Why a reader has to quarantine the row; empty for a sound one.
    ring : int
        Number of the ring of ghosts; 0 for real people.
    row : int
        Ordinal in its source, set when the row is written.
    """

    loss: Loss
    claimant: Person
    relation: str
    filed_on: date
    source: str
    head: str
    phone: str
    again: bool = False
    fault: str = ""
    ring: int = 0
    row: int = 0

    def same_person_as(self, other: Filing) -> bool:
        """Whether it is the same person's filing of the same loss under the same head."""
        return self.claimant is other.claimant and self.head == other.head


class Planner:
    """Draws filings until there are enough.

    Parameters
    ----------
    rng : Random
        The only source of chance.
    level : Level
        How much is planted.
    """

    def __init__(self, rng: Random, level: Level) -> None:
        self.rng, self.level = rng, level
        self.population = Population(rng)
        self._losses = 0
        self._rings = 0

    def plan(self, count: int, first: date, last: date) -> list[Filing]:
        """Return ``count`` filings of the days from ``first`` to ``last``, in the order of the days."""
        filings: list[Filing] = []
        while len(filings) < count:
            filings += self._ghosts(first, last) if self.rng.random() < self.level.ghosts / 3.5 else self._household(first, last)
        del filings[count:]
        for filing in filings:
            if self.rng.random() < self.level.faults and not filing.ring:
                filing.fault = "drawn"
        filings.sort(key=lambda filing: filing.filed_on)
        return filings

    def _household(self, first: date, last: date) -> list[Filing]:
        home = self.population.household()
        losses = [self._loss(home) for _ in range(_LOSSES.draw(self.rng))]
        filings: list[Filing] = []
        for loss in losses:
            filing = self._honest(home, loss, first, last)
            if filing is not None:
                filings += [filing, *self._planted(home, filing, last)]
        return filings

    def _loss(self, home: Household) -> Loss:
        self._losses += 1
        return draw_loss(self.rng, self._losses, home)

    def _honest(self, home: Household, loss: Loss, first: date, last: date) -> Filing | None:
        filed_on = first + timedelta(days=self.rng.randrange((last - first).days + 1))
        grown = [person for person in home.members() if person.adult_on(filed_on) and person is not loss.victim]
        if not grown:
            return None
        claimant = grown[0] if self.rng.random() < 0.6 else self.rng.choice(grown)
        source = _SOURCE.draw(self.rng)
        if loss.harm == "property" and source == COMMITTEE and self.rng.random() < 0.02:
            claimant = self._company(claimant)
        elif loss.victim is not None and self.rng.random() < 0.02:
            claimant = self._cousin(loss.victim)
        return self._filing(home, loss, claimant, filed_on, source)

    def _filing(self, home: Household, loss: Loss, claimant: Person, filed_on: date, source: str) -> Filing:
        return Filing(
            loss=loss,
            claimant=claimant,
            relation=relation(home, claimant, loss.victim),
            filed_on=filed_on,
            source=source,
            head=loss.property_kind,
            phone=claimant.phone,
        )

    def _planted(self, home: Household, filing: Filing, last: date) -> list[Filing]:
        rng, level, loss = self.rng, self.level, filing.loss
        if rng.random() < level.same_person / (1 - level.same_person or 1):
            return [self._again(filing, last)]
        if loss.victim is not None and rng.random() < level.relatives:
            return self._relative(home, filing, last)
        if loss.address is not None and not filing.claimant.company and rng.random() < level.two_heads:
            return self._other_head(home, filing, last)
        return []

    def _again(self, filing: Filing, last: date) -> Filing:
        source = filing.source if self.rng.random() < 0.3 else _SOURCE.draw(self.rng)
        if filing.claimant.company:
            source = COMMITTEE
        phone = filing.phone if self.rng.random() < 0.5 else self.population.phone()
        return Filing(
            loss=filing.loss,
            claimant=filing.claimant,
            relation=filing.relation,
            filed_on=self._later(filing, last),
            source=source,
            head=filing.head,
            phone=phone,
            again=True,
        )

    def _relative(self, home: Household, filing: Filing, last: date) -> list[Filing]:
        day = self._later(filing, last)
        kin = [p for p in home.members() if p.adult_on(day) and p is not filing.claimant and p is not filing.loss.victim]
        if not kin:
            return []
        return [self._filing(home, filing.loss, self.rng.choice(kin), day, _SOURCE.draw(self.rng))]

    def _other_head(self, home: Household, filing: Filing, last: date) -> list[Filing]:
        """The same address again: by a relative as another head of household, by a stranger, or as a shop instead of a house."""
        day, draw = self._later(filing, last), self.rng.random()
        kin = [person for person in home.members() if person.adult_on(day) and person is not filing.claimant]
        claimant = self.rng.choice(kin) if kin and draw < 0.5 else self.population.stranger() if draw < 0.7 else filing.claimant
        second = self._filing(home, filing.loss, claimant, day, _SOURCE.draw(self.rng))
        second.again = True
        if claimant is filing.claimant or self.rng.random() < 0.3:
            second.head = OTHER_HEAD[filing.head]
        return [second]

    def _ghosts(self, first: date, last: date) -> list[Filing]:
        """A ring of fabricated claimants behind one telephone; every other ring claims one and the same address."""
        home, rng = self.population.household(), self.rng
        self._rings += 1
        shared = self._loss(home)
        while shared.harm != "property" or shared.property_kind == "vehicle":
            shared = self._loss(home)
        start = first + timedelta(days=rng.randrange((last - first).days + 1))
        ring: list[Filing] = []
        for _ in range(rng.randrange(4, 9)):
            loss = shared if self._rings % 2 else self._property(home)
            filing = self._filing(
                home, loss, self.population.stranger(), min(last, start + timedelta(days=rng.randrange(21))), PORTAL
            )
            filing.source = rng.choice((PORTAL, COMMITTEE, CAMP))
            filing.phone, filing.ring = home.father.phone, self._rings
            ring.append(filing)
        return ring

    def _property(self, home: Household) -> Loss:
        loss = self._loss(home)
        while loss.harm != "property":
            loss = self._loss(home)
        return loss

    def _later(self, filing: Filing, last: date) -> date:
        return min(last, filing.filed_on + timedelta(days=self.rng.randrange(3, 500)))

    def _cousin(self, victim: Person) -> Person:
        """A relative whom the law does not name, of the same family."""
        cousin = self.population.stranger()
        cousin.name = (*cousin.name[:2], victim.name[2], victim.name[3])
        return cousin

    def _company(self, owner: Person) -> Person:
        """A legal person owned by somebody: it shares the owner's telephone and is nobody's relative."""
        firm = self.population.stranger()
        trade = self.rng.choice(("للنقل العام", "للمقاولات", "للتجارة العامة", "لبيع المواد الغذائية", "لمواد البناء"))
        firm.company = (
            f"شركة {self.rng.choice(('الحدباء', 'الرافدين', 'البوابة', 'النورس', 'السنابل'))} {owner.name[3].arabic} {trade}"
        )
        firm.phone = owner.phone
        return firm


def relation(home: Household, claimant: Person, victim: Person | None) -> str:
    """Return what the claimant is to the victim; ``self`` where the harm is the claimant's own."""
    if victim is None:
        return "self"
    male = claimant.sex == "male"
    if claimant not in home.members():
        return "other"
    parents = (home.father, home.mother)
    if claimant in parents and victim in parents:
        return "spouse"
    if claimant in parents:
        return "father" if male else "mother"
    if victim in parents:
        return "son" if male else "daughter"
    return "brother" if male else "sister"

"""What was suffered: one head of loss of one household, with its day, place, worth and the papers that exist for it.

Shares of papers follow what is known of Ninewa: more than a third of households hold no paper of tenure, death certificates and
court orders are often missing, camps lack most papers (source: the survey of East Mosul households cited in the programme's notes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from aljabr.samples.people import Household, Person, permuted
from aljabr.samples.vocabulary import District, Weighted

HARMS = Weighted(["property", "death", "missing", "disability", "injury", "employment_study"], [65, 12, 6, 5, 8, 4])
PROPERTY_KINDS = Weighted(["house", "shop", "vehicle", "farmland", "contents"], [58, 14, 14, 8, 6])
CAUSES = Weighted(["terrorist_act", "military_operation", "military_mistake", "unknown"], [52, 36, 8, 4])
PRECISIONS = Weighted(["day", "month", "year"], [90, 5, 5])

_COMMON = {"identity_document": 0.94, "residence_card": 0.82}
_DAMAGE = {"damage_photos": 0.72, "mukhtar_statement": 0.45, "ngo_statement": 0.1, "two_witnesses": 0.35, "satellite_image": 0.06}
_PAPERS: dict[str, dict[str, float]] = {
    "property": {**_COMMON, "title_deed": 0.54, "tenancy_proof": 0.26, **_DAMAGE, "police_report": 0.6},
    "death": {**_COMMON, "death_certificate": 0.76, "police_report": 0.6, "two_witnesses": 0.3, "medical_report": 0.12},
    "missing": {**_COMMON, "court_missing_order": 0.5, "police_report": 0.62, "two_witnesses": 0.4, "mukhtar_statement": 0.2},
    "disability": {**_COMMON, "medical_committee_report": 0.74, "medical_report": 0.8, "police_report": 0.5},
    "injury": {**_COMMON, "medical_report": 0.85, "medical_committee_report": 0.55, "police_report": 0.45},
    "employment_study": {**_COMMON, "study_or_work_record": 0.8, "police_report": 0.2},
}

# Worth in units of 50,000 IQD at the deciles of what committees assess (0 %, 10 % … 100 %); house: median 18 million IQD.
_WORTH = {
    "house": (30, 90, 150, 210, 280, 360, 460, 600, 820, 1_300, 3_600),
    "shop": (10, 40, 80, 120, 170, 230, 300, 400, 560, 900, 2_600),
    "vehicle": (20, 60, 90, 110, 140, 170, 210, 260, 330, 450, 900),
    "farmland": (10, 40, 70, 100, 150, 200, 260, 350, 480, 800, 2_400),
    "contents": (4, 16, 28, 40, 54, 70, 90, 116, 150, 210, 500),
    "employment_study": (6, 20, 36, 50, 70, 90, 120, 160, 220, 300, 700),
}
_UNIT_IQD = 50_000
_ADDRESSES = 400 * 95 * 149


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A house as Iraqi addresses go: mahalla, alley, house number; for a vehicle only the last two count, as a number plate."""

    quarter: tuple[str, str]
    mahalla: int
    alley: int
    house: int

    @classmethod
    def numbered(cls, serial: int, quarter: tuple[str, str]) -> Address:
        """Return the address of that serial; two serials never share one."""
        place, house = divmod(permuted(serial, multiplier=1_299_709, modulus=_ADDRESSES), 149)
        mahalla, alley = divmod(place, 95)
        return cls(quarter=quarter, mahalla=101 + mahalla, alley=1 + alley, house=1 + house)


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """One loss; ``worth_iqd`` is whole dinars, None where nothing is assessed; ``precision`` how exactly its day is remembered."""

    number: int
    harm: str
    victim: Person | None
    incident_on: date
    precision: str
    district: District
    cause: str
    property_kind: str
    address: Address | None
    worth_iqd: int | None
    disability_percent: int
    papers: tuple[str, ...]


def draw_loss(rng: Random, number: int, home: Household) -> Loss:
    """Return a new loss of a household; for a death or disappearance it also marks who died."""
    first, last = home.district.windows.draw(rng)
    incident_on = first + timedelta(days=rng.randrange((last - first).days + 1))
    harm = HARMS.draw(rng)
    victim = _victim(rng, home, incident_on) if harm in ("death", "missing") else None
    if harm in ("death", "missing") and victim is None:
        harm = "property"
    kind = PROPERTY_KINDS.draw(rng) if harm == "property" else ""
    return Loss(
        number=number,
        harm=harm,
        victim=victim,
        incident_on=incident_on,
        precision=PRECISIONS.draw(rng),
        district=home.district,
        cause=CAUSES.draw(rng),
        property_kind=kind,
        address=Address.numbered(number, rng.choice(home.district.quarters)) if kind else None,
        worth_iqd=_worth(rng, kind or harm),
        disability_percent=_percent(rng, harm),
        papers=tuple(paper for paper, share in _PAPERS[harm].items() if rng.random() < share),
    )


def _victim(rng: Random, home: Household, day: date) -> Person | None:
    """Who died or disappeared; somebody of nearly full age stays to claim."""
    living = [person for person in home.members() if not person.dead and person.born < day]
    left = sum((day - person.born).days > 6_000 for person in living)
    at_risk = living if left > 1 else [person for person in living if (day - person.born).days <= 6_000] if left else []
    if not at_risk:
        return None
    men = [person for person in at_risk if person.sex == "male"]
    victim = rng.choice(men if men and rng.random() < 0.7 else at_risk)
    victim.dead = True
    return victim


def _worth(rng: Random, kind: str) -> int | None:
    """What a committee would find; once in eighty nothing at all."""
    if kind not in _WORTH:
        return None
    if rng.random() < 0.0125:
        return 0
    deciles, draw = _WORTH[kind], rng.randrange(10_000)
    step, rest = divmod(draw, 1_000)
    return (deciles[step] + (deciles[step + 1] - deciles[step]) * rest // 1_000) * _UNIT_IQD


def _percent(rng: Random, harm: str) -> int:
    if harm == "disability":
        return rng.choice((30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 100))
    return rng.choice((5, 10, 15, 20, 25)) if harm == "injury" else 0

"""How dirty a sample is: three levels, each a row of rates. Nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LevelName = Literal["clean", "usual", "nasty"]


@dataclass(frozen=True, kw_only=True)
class Level:
    """The rates of one level; a rate is a share of all claims unless it says otherwise.

    Parameters
    ----------
    same_person : float
        Claims that a person files a second time, mostly in another source.
    relatives : float
        Of deaths and disappearances: a second relative, where one is left, claims the same victim.
    two_heads : float
        Of properties with an address: claimed again by somebody else or under another head.
    ghosts : float
        Claims of fabricated claimants.
    faults : float
        Rows that a reader has to quarantine.
    spelling : float
        How freely clerks vary a spelling, a date's form or a telephone number's; 0 is one form throughout.
    gaps : float
        How often an optional value is left out; 1 is usual.
    doubts : float
        Rows with one optional value that cannot be read.
    broken_structure : bool
        Whether files are damaged as files: open quotes, ragged rows, bidi controls, NUL, formulas.
    """

    same_person: float
    relatives: float
    two_heads: float
    ghosts: float
    faults: float
    spelling: float
    gaps: float
    doubts: float
    broken_structure: bool = False


LEVELS: dict[LevelName, Level] = {
    "clean": Level(same_person=0, relatives=0, two_heads=0, ghosts=0, faults=0, spelling=0, gaps=0, doubts=0),
    "usual": Level(
        same_person=0.06, relatives=0.025, two_heads=0.015, ghosts=0.005, faults=0.015, spelling=1.0, gaps=1.0, doubts=0.03
    ),
    "nasty": Level(
        same_person=0.09,
        relatives=0.06,
        two_heads=0.03,
        ghosts=0.01,
        faults=0.03,
        spelling=1.6,
        gaps=1.4,
        doubts=0.08,
        broken_structure=True,
    ),
}

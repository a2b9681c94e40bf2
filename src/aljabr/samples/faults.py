"""What can be wrong with a row so that a reader must quarantine it, each under the code of the reason that is expected.

A fault changes cells by their shared key, before a source writes them; faults of the line itself (cells missing, a quotation mark
left open) are done by the writer, which sees the finished line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import Hand, day_month_year
from aljabr.samples.sources import Cells

PLACEHOLDERS = ("غير معروف", "-", "xxx", "لا يوجد", "N/A", "؟؟؟")
Fault = Callable[[Cells, Filing, Hand], None]


def _no_name(cells: Cells, filing: Filing, hand: Hand) -> None:
    cells["claimant_name"] = ""


def _placeholder_name(cells: Cells, filing: Filing, hand: Hand) -> None:
    cells["claimant_name"] = hand.rng.choice(PLACEHOLDERS)


def _no_harm(cells: Cells, filing: Filing, hand: Hand) -> None:
    cells["harm"] = ""


def _unknown_harm(cells: Cells, filing: Filing, hand: Hand) -> None:
    cells["harm"] = hand.rng.choice(("قرض مصرفي", "pension arrears", "نقل وظيفي", "others"))


def _no_incident(cells: Cells, filing: Filing, hand: Hand) -> None:
    cells["incident_on"] = ""


def _impossible_day(cells: Cells, filing: Filing, hand: Hand) -> None:
    day, month = hand.rng.choice(((31, 2), (30, 2), (31, 11), (31, 6), (12, 13)))
    year = filing.loss.incident_on.year
    iso = filing.source in ("ngo_kobo", "portal")
    cells["incident_on"] = f"{year}-{month:02d}-{day:02d}" if iso else f"{day:02d}/{month:02d}/{year}"


def _far_year(cells: Cells, filing: Filing, hand: Hand) -> None:
    day = filing.loss.incident_on
    year = hand.rng.choice((2917, 2715, 9999))
    iso = filing.source in ("ngo_kobo", "portal")
    cells["incident_on"] = f"{year}-{day.month:02d}-{day.day:02d}" if iso else f"{day.day:02d}/{day.month:02d}/{year}"


def _incident_after_filing(cells: Cells, filing: Filing, hand: Hand) -> None:
    day = filing.filed_on + timedelta(days=hand.rng.randrange(200, 900))
    iso = filing.source in ("ngo_kobo", "portal")
    cells["incident_on"] = day.isoformat() if iso else day_month_year(day, "day")


CELL_FAULTS: tuple[tuple[str, Fault], ...] = (
    ("value.missing", _no_name),
    ("value.missing", _placeholder_name),
    ("value.missing", _no_harm),
    ("value.unknown", _unknown_harm),
    ("value.missing", _no_incident),
    ("date.unreadable", _impossible_day),
    ("date.unreadable", _far_year),
    ("incident.after_filing", _incident_after_filing),
)

# Faults of the line, by kind of file: what a careless hand does at every level but clean, and what only a damaged file has.
LINE_FAULTS: dict[str, tuple[str, ...]] = {"csv": ("row.short",), "jsonl": ("row.not_json",), "xlsx": ()}
DAMAGE_FAULTS: dict[str, tuple[str, ...]] = {
    "csv": ("row.quote", "row.quote", "row.long", "row.nul"),
    "jsonl": ("row.not_json", "row.nested", "row.twice"),
    "xlsx": (),
}


def put_fault(cells: Cells, filing: Filing, hand: Hand, kind: str) -> str:
    """Put one fault into a row and return the code a reader should give; faults of the line are left to the writer.

    Parameters
    ----------
    cells : dict
        The row by shared key; changed in place.
    filing : Filing
    hand : Hand
    kind : str
        The kind of file: ``xlsx``, ``csv``, ``jsonl``.
    """
    lines = LINE_FAULTS[kind] + (DAMAGE_FAULTS[kind] * 2 if hand.level.broken_structure else ())
    place = hand.rng.randrange(len(CELL_FAULTS) + len(lines))
    if place >= len(CELL_FAULTS):
        return lines[place - len(CELL_FAULTS)]
    code, fault = CELL_FAULTS[place]
    fault(cells, filing, hand)
    return code


def put_impossible_birth(cells: Cells, filing: Filing, hand: Hand) -> None:
    """Let the person harmed be born after the incident, which a reader takes with a doubt."""
    year = filing.loss.incident_on.year + hand.rng.choice((2, 3, 30))
    cells["claimant_born" if filing.loss.victim is None else "victim_born"] = str(year)


def put_mischief(cells: Cells, hand: Hand) -> None:
    """Put into a sound row what a damaged file carries along: direction marks, formulas, line breaks inside a remark."""
    draw = hand.rng.randrange(40)
    name = str(cells["claimant_name"])
    if draw == 0:
        cells["claimant_name"] = f"\u200f{name}\u200e"
    elif draw == 1:
        cells["note"] = '=HYPERLINK("http://example.invalid/","انقر")'
    elif draw == 2:
        cells["note"] = "+1+cmd|' /C calc'!A0"
    elif draw == 3:
        cells["note"] = 'سطر اول\nسطر ثان؛ "مقتبس"'
    elif draw == 4:
        cells["claimant_name"] = name.replace(" ", "\u00a0", 1)
    elif draw == 5:
        cells["note"] = "@SUM(1+1)*cmd"

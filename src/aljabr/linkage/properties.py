"""What a property's reference says, whatever the script: the numbers of its address or plate, or its text when they are too few."""

from __future__ import annotations

import re

from aljabr.names import fold
from aljabr.relations import Database

MOST_ITEMS_PER_PROPERTY = 100
_NUMBERS = re.compile(r"\d+")
# Two decimal degrees; four decimals are eleven metres.
_COORDINATES = re.compile(r"(-?\d{1,2}\.\d{3,})\s*[,;/ ]\s*(-?\d{1,3}\.\d{3,})")

# A reference that very many items share ("house") names no property.
_NAMED = """
CREATE OR REPLACE TEMP TABLE linkage_properties AS
SELECT property_ref, CASE WHEN sum(items) OVER (PARTITION BY property_key) <= $most THEN property_key END AS property_key
FROM (SELECT p.property_ref, p.property_key, count(*) AS items FROM linkage_references AS p
  JOIN claim_items AS i ON i.property_ref = p.property_ref GROUP BY p.property_ref, p.property_key)
"""


def property_key(reference: str) -> str | None:
    """Return the key in which the ways of writing one reference meet; None when it holds nothing.

    Examples
    --------
    >>> property_key("36.34567, 43.12341") == property_key("N 36.345671 / 43.123408") == "36.3457,43.1234"
    True
    >>> property_key("م 101 ز 5 د ١٢") == property_key("Al-Zuhur, Mahalla 101, Zuqaq 5, Dar 12") == "101-5-12"
    True
    """
    folded = fold(reference)
    if point := _COORDINATES.search(folded):
        return f"{float(point[1]):.4f},{float(point[2]):.4f}"
    numbers = [number.lstrip("0") or "0" for number in _NUMBERS.findall(folded)]
    if len(numbers) > 1 or any(len(number) > 3 for number in numbers):
        return "-".join(numbers)
    return folded or None


def key_properties(db: Database) -> None:
    """Fill the temporary table ``linkage_properties`` (property_ref, property_key): one row per distinct reference.

    Parameters
    ----------
    db : Database
        Holds ``claim_items``.
    """
    distinct = db.rows("SELECT DISTINCT property_ref FROM claim_items WHERE property_ref IS NOT NULL ORDER BY 1")
    keyed = [(str(reference), property_key(str(reference))) for (reference,) in distinct]
    db.load_rows("linkage_references", {"property_ref": "TEXT", "property_key": "TEXT"}, keyed)
    db.connection.execute(_NAMED, {"most": MOST_ITEMS_PER_PROPERTY})
    db.execute("DROP TABLE linkage_references")

"""Letters in capitals and small: one for one, for every character there is."""

from __future__ import annotations

from aljabr.feel.functions import lower, upper
from aljabr.relations import Database


def test_capitals_are_the_database_s_own_for_every_character(db: Database) -> None:
    # U+0001 … U+1FFFF without surrogates: the planes that have letters with case, in one query.
    points = [point for point in range(1, 0x20000) if not 0xD800 <= point <= 0xDFFF]
    db.load_rows("letters", {"letter": "TEXT"}, [(chr(point),) for point in points])
    rows = db.rows("SELECT letter, upper(letter), lower(letter) FROM letters")
    assert [(letter, upper(letter), lower(letter)) for letter, _, _ in rows] == rows

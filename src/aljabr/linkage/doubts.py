"""Values that tell nobody apart: placeholders, one letter, a street or a number where a name belongs, one number on many people.

They are counted, listed and not compared, so that they join nobody; the mention they stand in is kept and linked by what else it
says. Nothing is mended here.
"""

from __future__ import annotations

from aljabr.names.doubts import name_doubts
from aljabr.relations import Database

# A household may share an identity number by a clerk's slip; four given names on one number are no slip.
CROWDED_ID_NAMES = 4
CROWDED_ID_MENTIONS = 12
SHARED_PHONE_RECORDS = 6
OLDEST_BIRTH = "1880-01-01"
# A child may be born after its father's death; later than that, the year of the form was written for the year of birth.
POSTHUMOUS_DAYS = 300

# Only names that could be in doubt are looked at one by one.
_SUSPECT_WORDS = r"(?i)(طفل|رضيع|جنين|مولود|مجهول|معروف|معلوم|يوجد|حي |محل[هة]|زقاق|شارع|unknown|infant|baby|child|street|test)"
_SUSPECTS = r"""
SELECT DISTINCT full_name FROM linkage_taken
WHERE full_name IS NOT NULL AND (regexp_matches(full_name, '[\p{Nd}@?\x{FFFD}]') OR length(full_name) <= 3
  OR len(string_split_regex(trim(full_name), '\s+')) <= 2 OR regexp_matches(full_name, $words))
ORDER BY full_name
"""

_IDS = """
CREATE OR REPLACE TEMP TABLE linkage_doubtful_ids AS
SELECT id_number, CASE
    WHEN NOT regexp_matches(id_number, '[0-9]') THEN 'id.name'
    WHEN length(id_number) < 4 OR regexp_full_match(id_number, '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+')
      OR id_number IN ('1234', '12345', '123456', '1234567', '12345678', '123456789', '1234567890', '0123456789', '987654321')
      THEN 'id.placeholder'
    ELSE 'id.crowded' END AS doubt
FROM linkage_crowds
WHERE names >= $names OR mentions >= $mentions OR NOT regexp_matches(id_number, '[0-9]') OR length(id_number) < 4
  OR regexp_full_match(id_number, '0+|1+|2+|3+|4+|5+|6+|7+|8+|9+')
  OR id_number IN ('1234', '12345', '123456', '1234567', '12345678', '123456789', '1234567890', '0123456789', '987654321')
"""

# A given name is told from another by its first two letters here: spellings of one name rarely differ there.
_CROWDS = r"""
CREATE OR REPLACE TEMP TABLE linkage_crowds AS
SELECT id_number, count(*) AS mentions,
  count(DISTINCT left(regexp_replace(strip_accents(lower(full_name)), '[^\p{L}]', '', 'g'), 2)) AS names
FROM linkage_taken WHERE id_number IS NOT NULL GROUP BY id_number
"""

_PHONES = """
CREATE OR REPLACE TEMP TABLE linkage_doubtful_phones AS
SELECT phone, true AS crowd FROM linkage_taken WHERE phone IS NOT NULL GROUP BY phone HAVING count(DISTINCT together) >= $shared
"""

_BIRTHS = """
CREATE OR REPLACE TEMP TABLE linkage_doubtful_births AS
SELECT record FROM linkage_taken WHERE born_latest_on < CAST($oldest AS DATE) OR born_earliest_on > CAST($newest AS DATE)
  OR ($features > 2 AND born_earliest_on - lost_latest_on > $days)
"""

_DOUBTS = """
CREATE OR REPLACE TEMP TABLE linkage_doubts AS
SELECT t.record, d.code, 'full_name' AS column_name, t.full_name AS value
FROM linkage_taken AS t JOIN linkage_doubtful_names AS d ON d.full_name = t.full_name
UNION ALL
SELECT record, 'name.missing', 'full_name', NULL FROM linkage_taken WHERE full_name IS NULL
UNION ALL
SELECT t.record, d.doubt, 'id_number', t.id_number
FROM linkage_taken AS t JOIN linkage_doubtful_ids AS d ON d.id_number = t.id_number
UNION ALL
SELECT t.record, 'phone.crowded', 'phone', t.phone
FROM linkage_taken AS t JOIN linkage_doubtful_phones AS d ON d.phone = t.phone
UNION ALL
SELECT t.record, 'birth.impossible', 'born', CAST(t.born_earliest_on AS TEXT)
FROM linkage_taken AS t JOIN linkage_doubtful_births AS d ON d.record = t.record
"""


def find_doubts(db: Database, *, newest: str = "2100-01-01", features: int = 2) -> dict[str, int]:
    """Fill ``linkage_doubts`` and the tables of doubtful names, ids, phones and births; return the number of doubts by code.

    Parameters
    ----------
    db : Database
        Holds ``linkage_taken``.
    newest : str
        Births after that day are impossible.
    features : int
        How the records are read: from 3 on a birth more than ``POSTHUMOUS_DAYS`` after the loss that is claimed is impossible, too.
    """
    suspects = db.connection.execute(_SUSPECTS, {"words": _SUSPECT_WORDS}).fetchall()
    short = [str(name) for (name,) in suspects]
    told = [(name, code) for name in short if (code := _doubt_of(name))]
    db.load_rows("linkage_doubtful_names", {"full_name": "TEXT", "code": "TEXT"}, told)
    db.execute(_CROWDS)
    db.connection.execute(_IDS, {"names": CROWDED_ID_NAMES, "mentions": CROWDED_ID_MENTIONS})
    db.connection.execute(_PHONES, {"shared": SHARED_PHONE_RECORDS})
    db.connection.execute(_BIRTHS, {"oldest": OLDEST_BIRTH, "newest": newest, "features": features, "days": POSTHUMOUS_DAYS})
    db.execute(_DOUBTS)
    db.execute("DROP TABLE linkage_crowds")
    return {
        str(code): int(count) for code, count in db.rows("SELECT code, count(*) FROM linkage_doubts GROUP BY code ORDER BY code")
    }


def _doubt_of(name: str) -> str:
    """Return why a name names nobody; empty when it may name somebody. An address is no name, though one word of it may be."""
    found = name_doubts(name)
    return next((doubt.code for doubt in found if doubt.grade == "unusable" or doubt.code == "name.address"), "")

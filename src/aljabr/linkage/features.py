"""What the scorers from the second on compare of a mention, wherever it came from: claims, rosters or a file nobody described.

Takes ``linkage_taken`` (one row per mention, as it was written) and gives ``linkage_records``, numbered in the order of
``ordinal``, else of the records' ids, so that the smallest number of a cluster is its first record. Order of steps: find the values
that tell nobody apart (``doubts``), key the names, bring birth, numbers and places to one form. A value in doubt is not compared;
its mention stays.
"""

from __future__ import annotations

from aljabr.linkage.doubts import find_doubts
from aljabr.linkage.keys import key_names
from aljabr.linkage.mentions import ORGANISATION_WORDS
from aljabr.linkage.numbers import number_documents
from aljabr.relations import Database

# What a mention can carry; a source that lacks one leaves it null. ``record`` is its id, ``together`` what it was named with.
TAKEN: dict[str, str] = {
    "record": "TEXT",
    "together": "TEXT",
    "full_name": "TEXT",
    "mother": "TEXT",
    "sex": "TEXT",
    "born_earliest_on": "DATE",
    "born_latest_on": "DATE",
    "id_number": "TEXT",
    "phone": "TEXT",
    "email": "TEXT",
    "household": "TEXT",
    "place": "TEXT",
    "region": "TEXT",
    "lost_earliest_on": "DATE",
    "lost_latest_on": "DATE",
    "incident": "TEXT",
    "property": "TEXT",
    "ordinal": "BIGINT",
}

# A birth known to so many calendar years can be met by its year: an age, as lists tell it, is spread over three.
MOST_BIRTH_YEARS = 4

# A birthday on 1 January or 1 July is how registers write an unknown one: it says no more than the year.
_RECORDS = r"""
CREATE OR REPLACE TEMP TABLE linkage_records AS
WITH read AS (
  SELECT t.*, i.doubt AS id_doubt, coalesce(p.crowd, false) AS phone_shared,
    CASE WHEN b.record IS NULL THEN t.born_earliest_on END AS first_on,
    CASE WHEN b.record IS NULL THEN t.born_latest_on END AS last_on
  FROM linkage_taken AS t
  LEFT JOIN linkage_doubtful_ids AS i ON i.id_number = t.id_number
  LEFT JOIN linkage_doubtful_phones AS p ON p.phone = t.phone
  LEFT JOIN linkage_doubtful_births AS b ON b.record = t.record
),
told AS (
  SELECT *, first_on = last_on AS day_known,
    coalesce(first_on = last_on AND strftime(first_on, '%m%d') IN ('0101', '0701'), false) AS year_only,
    coalesce(regexp_matches(full_name, '\p{Arabic}') AND NOT regexp_matches(full_name, '[ەێۆڵڕ]'), false) AS in_arabic,
    coalesce(list_has_any(string_split(lower(full_name), ' '), $organisations), false) AS organisation,
    CASE sex WHEN 'male' THEN 'm' WHEN 'female' THEN 'f' ELSE '' END AS sex_group,
    coalesce(CASE WHEN region LIKE 'IQG__' THEN region END, CASE WHEN place LIKE 'IQG__%' THEN left(place, 5) END) AS governorate
  FROM read
)
SELECT CAST(row_number() OVER (ORDER BY p.ordinal, p.record) - 1 AS INTEGER) AS n,
  p.record, p.together, p.full_name, p.sex, p.in_arabic, p.organisation,
  k.words, k.bag, k.run, k.run_like, k.given_form AS given, k.given_key, k.father_form AS father, k.father_key,
  k.grandfather_form AS grandfather, k.grandfather_key, k.family_form AS family, k.family_key,
  p.governorate, k.given_key || '|' || p.sex_group || '|' || coalesce(p.governorate, '') AS given_group,
  k.father_key || '||' || coalesce(p.governorate, '') AS father_group,
  k.grandfather_key || '||' || coalesce(p.governorate, '') AS grandfather_group,
  k.family_key || '||' || coalesce(p.governorate, '') AS family_group,
  m.given_key || '||' || coalesce(p.governorate, '') AS mother_group,
  left(k.given_key, 2) AS given_start, m.given_form AS mother, m.given_key AS mother_key, m.run AS mother_run,
  m.run_like AS mother_run_like,
  CASE WHEN p.year_only THEN date_trunc('year', p.first_on)::DATE ELSE p.first_on END AS born_earliest_on,
  CASE WHEN p.year_only THEN make_date(year(p.last_on), 12, 31) ELSE p.last_on END AS born_latest_on,
  CASE WHEN p.day_known AND NOT p.year_only THEN p.first_on END AS born_on,
  CASE WHEN year(p.first_on) = year(p.last_on) THEN year(p.first_on) END AS born_year,
  CASE WHEN year(p.last_on) - year(p.first_on) BETWEEN 0 AND $years - 1 THEN range(year(p.first_on), year(p.last_on) + 1) END
    AS born_years,
  CASE WHEN year(p.last_on) > year(p.first_on) THEN year(p.first_on + CAST((p.last_on - p.first_on) // 2 AS INTEGER)) END
    AS age_year,
  CASE WHEN p.id_doubt IS NULL THEN p.id_number END AS id_number,
  p.phone, CASE WHEN NOT p.phone_shared THEN p.phone END AS own_phone, p.email, p.household, p.place, p.region,
  p.lost_earliest_on, p.lost_latest_on, p.incident, p.property,
  CASE WHEN p.lost_earliest_on = p.lost_latest_on THEN p.lost_earliest_on END AS lost_on{third}
FROM told AS p
LEFT JOIN linkage_name_parts AS k ON k.full_name = p.full_name
LEFT JOIN linkage_mother_parts AS m ON m.full_name = p.mother{third_from}
ORDER BY n
"""


# From the third scorer on: the letters of every part of the name, and a column of nulls that Splink asks for before it lets a
# condition read the ``match_key`` of pairs, where the agreement of their names stands.
_THIRD = """,
  k.given_word, k.father_word, k.grandfather_word, k.family_word, m.given_word AS mother_word, CAST(NULL AS INTEGER) AS match_key,
  coalesce(p.day_known AND p.year_only, false) AS day_by_default, i.id_prefix, i.id_serial, i.id_batch"""
_THIRD_FROM = """
LEFT JOIN linkage_numbers AS i ON i.id_number = p.id_number AND p.id_doubt IS NULL"""


def derive_records(db: Database, *, features: int = 2) -> dict[str, int]:
    """Fill the temporary table ``linkage_records`` and return how many values of each kind were in doubt.

    Parameters
    ----------
    db : Database
        Holds ``linkage_taken`` with the columns of ``TAKEN``; it also gets ``linkage_doubts`` (record, code, column_name, value).
    features : int
        How the scorer reads records: 2, or 3 with the letters of names, by which pairs are told (see ``telling``).
    """
    doubts = find_doubts(db, features=features)
    db.execute("CREATE OR REPLACE TEMP VIEW linkage_mothers AS SELECT mother AS full_name FROM linkage_taken")
    key_names(db, mentions="linkage_mothers", features=features)
    db.execute("ALTER TABLE linkage_name_parts RENAME TO linkage_mother_parts")
    key_names(db, mentions="linkage_taken", apart="linkage_doubtful_names", features=features)
    if features > 2:
        number_documents(db)
    third = (_THIRD, _THIRD_FROM) if features > 2 else ("", "")
    records = _RECORDS.replace("{third}", third[0]).replace("{third_from}", third[1])
    db.connection.execute(records, {"organisations": list(ORGANISATION_WORDS), "years": MOST_BIRTH_YEARS})
    db.execute(
        "DROP VIEW linkage_mothers; DROP TABLE linkage_mother_parts; DROP TABLE linkage_name_parts; DROP TABLE linkage_taken"
    )
    db.execute("DROP TABLE IF EXISTS linkage_numbers")
    for kind in ("names", "ids", "phones", "births"):
        db.execute(f"DROP TABLE linkage_doubtful_{kind}")
    return doubts

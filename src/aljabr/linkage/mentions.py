"""What is compared of a mention: its name words, birth interval, numbers, places, the incident and the property claimed.

One row of ``linkage_records`` for every row of ``person_records``, numbered in the order of ``person_record_id``, so that the
smallest number of a cluster is its smallest mention. A telephone that many records give counts as shared (camps, brokers).
"""

from __future__ import annotations

from aljabr.linkage.properties import key_properties
from aljabr.relations import Database

SHARED_PHONE_RECORDS = 6

# A company goes by its owner's name and is not its owner, nor another company of the same trade.
ORGANISATION_WORDS = (
    "شركة",
    "شركه",
    "مؤسسة",
    "مؤسسه",
    "جمعية",
    "جمعيه",
    "منظمة",
    "مصرف",
    "کۆمپانیا",
    "كۆمپانیا",
    "company",
    "ltd",
    "şirket",
)

# A victim was lost once; a claimant may have lost several things, so their incidents speak for them and never against.
_INCIDENTS = """
CREATE OR REPLACE TEMP TABLE linkage_incidents AS
SELECT i.victim_person_record_id AS person_record_id, min(i.incident_earliest_on) AS lost_earliest_on,
  max(i.incident_latest_on) AS lost_latest_on,
  min(i.incident_earliest_on || ' ' || i.place) FILTER (WHERE i.incident_earliest_on = i.incident_latest_on) AS incident,
  NULL AS property
FROM claim_items AS i JOIN claims AS c ON c.claim_id = i.claim_id
WHERE i.victim_person_record_id IS NOT NULL AND i.victim_person_record_id <> c.claimant_person_record_id
GROUP BY i.victim_person_record_id
UNION ALL
SELECT c.claimant_person_record_id, NULL, NULL,
  min(i.harm || ' ' || i.incident_earliest_on || ' ' || i.place) FILTER (WHERE i.incident_earliest_on = i.incident_latest_on),
  min(p.property_key || ' ' || coalesce(i.place, ''))
FROM claims AS c JOIN claim_items AS i ON i.claim_id = c.claim_id
LEFT JOIN linkage_properties AS p ON p.property_ref = i.property_ref
GROUP BY c.claimant_person_record_id
"""

_PHONES = """
CREATE OR REPLACE TEMP TABLE linkage_phones AS
SELECT phone, count(DISTINCT record_id) >= $shared AS phone_shared FROM person_records WHERE phone IS NOT NULL GROUP BY phone
"""

# A birthday on 1 January or 1 July is how registers write an unknown one: it says no more than the year.
_RECORDS = r"""
CREATE OR REPLACE TEMP TABLE linkage_records AS
WITH read AS (
  SELECT *, born_earliest_on = born_latest_on AS day_known,
    coalesce(born_earliest_on = born_latest_on AND strftime(born_earliest_on, '%m%d') IN ('0101', '0701'), false) AS year_only,
    regexp_matches(full_name, '\p{Arabic}') AND NOT regexp_matches(full_name, '[ەێۆڵڕ]') AS in_arabic,
    coalesce(list_has_any(string_split(lower(full_name), ' '), $organisations), false) AS organisation
  FROM person_records
)
SELECT CAST(row_number() OVER (ORDER BY p.person_record_id) - 1 AS INTEGER) AS n,
  p.person_record_id AS record, p.record_id AS together, p.full_name, p.sex, p.in_arabic, p.organisation,
  k.words, k.bag, k.given, k.given_key, k.father, k.father_key, k.grandfather, k.grandfather_key, k.family, k.family_key,
  CASE WHEN p.year_only THEN date_trunc('year', p.born_earliest_on)::DATE ELSE p.born_earliest_on END AS born_earliest_on,
  CASE WHEN p.year_only THEN make_date(year(p.born_latest_on), 12, 31) ELSE p.born_latest_on END AS born_latest_on,
  CASE WHEN p.day_known AND NOT p.year_only THEN p.born_earliest_on END AS born_on,
  CASE WHEN year(p.born_earliest_on) = year(p.born_latest_on) THEN year(p.born_earliest_on) END AS born_year,
  nullif(regexp_replace(upper(p.id_number), '[^0-9A-Z]', '', 'g'), '') AS id_number,
  p.phone, CASE WHEN NOT s.phone_shared THEN p.phone END AS own_phone, p.household, p.place,
  i.lost_earliest_on, i.lost_latest_on, i.incident, i.property,
  CASE WHEN i.lost_earliest_on = i.lost_latest_on THEN i.lost_earliest_on END AS lost_on
FROM read AS p
LEFT JOIN linkage_name_parts AS k ON k.full_name = p.full_name
LEFT JOIN linkage_phones AS s ON s.phone = p.phone
LEFT JOIN linkage_incidents AS i ON i.person_record_id = p.person_record_id
ORDER BY n
"""


# The same attributes as they stand, for the scorers whose features are derived in ``features``.
_TAKEN = r"""
CREATE OR REPLACE TEMP TABLE linkage_taken AS
SELECT p.person_record_id AS record, p.record_id AS together, p.full_name, CAST(NULL AS TEXT) AS mother, p.sex,
  p.born_earliest_on, p.born_latest_on, nullif(regexp_replace(upper(p.id_number), '[^0-9A-Z]', '', 'g'), '') AS id_number,
  p.phone, CAST(NULL AS TEXT) AS email, p.household, p.place, CAST(NULL AS TEXT) AS region,
  i.lost_earliest_on, i.lost_latest_on, i.incident, i.property, CAST(NULL AS BIGINT) AS ordinal
FROM person_records AS p LEFT JOIN linkage_incidents AS i ON i.person_record_id = p.person_record_id
"""


def take_mentions(db: Database) -> None:
    """Fill the temporary table ``linkage_taken`` with the mentions of claims, as ``features`` takes them.

    Parameters
    ----------
    db : Database
        Holds ``person_records``, ``claims`` and ``claim_items``.
    """
    key_properties(db)
    db.execute(_INCIDENTS)
    db.execute(_TAKEN)
    db.execute("DROP TABLE linkage_incidents; DROP TABLE linkage_properties")


def gather_mentions(db: Database) -> int:
    """Fill the temporary table ``linkage_records`` and return how many mentions there are.

    Parameters
    ----------
    db : Database
        Holds ``person_records``, ``claims``, ``claim_items`` and ``linkage_name_parts``.
    """
    key_properties(db)
    db.execute(_INCIDENTS)
    db.connection.execute(_PHONES, {"shared": SHARED_PHONE_RECORDS})
    db.connection.execute(_RECORDS, {"organisations": list(ORGANISATION_WORDS)})
    db.execute("DROP TABLE linkage_incidents; DROP TABLE linkage_phones; DROP TABLE linkage_properties")
    return int(db.value("SELECT count(*) FROM linkage_records"))

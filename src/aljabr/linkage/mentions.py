"""What is compared of a mention: its name words, birth interval, numbers, places and, for victims, the incident.

One row of ``linkage_records`` for every row of ``person_records``, numbered in the order of ``person_record_id``, so that the
smallest number of a cluster is its smallest mention. A telephone that many records give counts as shared (camps, brokers).
"""

from __future__ import annotations

from aljabr.relations import Database

SHARED_PHONE_RECORDS = 6

_INCIDENTS = """
CREATE OR REPLACE TEMP TABLE linkage_incidents AS
SELECT i.victim_person_record_id AS person_record_id, min(i.incident_earliest_on) AS incident_earliest_on,
  max(i.incident_latest_on) AS incident_latest_on, min(i.place) AS incident_place
FROM claim_items AS i JOIN claims AS c ON c.claim_id = i.claim_id
WHERE i.victim_person_record_id IS NOT NULL AND i.victim_person_record_id <> c.claimant_person_record_id
GROUP BY i.victim_person_record_id
"""

_PHONES = """
CREATE OR REPLACE TEMP TABLE linkage_phones AS
SELECT phone, count(DISTINCT record_id) >= $shared AS phone_shared FROM person_records WHERE phone IS NOT NULL GROUP BY phone
"""

# An exact birthday on 1 January or 1 July is how registers write an unknown one: it says no more than the year.
_RECORDS = r"""
CREATE OR REPLACE TEMP TABLE linkage_records AS
SELECT CAST(row_number() OVER (ORDER BY p.person_record_id) - 1 AS INTEGER) AS n,
  p.person_record_id, p.record_id, p.role, p.full_name, p.sex,
  len(k.chain) AS words, k.chain[1] AS given, k.keys[1] AS given_key,
  CASE WHEN len(k.chain) > 2 OR NOT k.family_last THEN k.chain[2] END AS father,
  CASE WHEN len(k.chain) > 2 OR NOT k.family_last THEN k.keys[2] END AS father_key,
  k.chain[k.rest_from:] AS rest, k.keys[k.rest_from:] AS rest_keys,
  CASE WHEN len(k.chain) >= k.rest_from THEN k.chain[-1] END AS family,
  CASE WHEN len(k.chain) >= k.rest_from THEN k.keys[-1] END AS family_key,
  CASE WHEN len(k.chain) > k.rest_from THEN k.keys[k.rest_from] END AS grandfather_key,
  array_to_string(list_sort(k.keys), ' ') AS bag,
  p.born_earliest_on, p.born_latest_on,
  CASE WHEN p.born_earliest_on = p.born_latest_on AND strftime(p.born_earliest_on, '%m%d') NOT IN ('0101', '0701')
    THEN p.born_earliest_on END AS born_on,
  CASE WHEN year(p.born_earliest_on) = year(p.born_latest_on) THEN year(p.born_earliest_on) END AS born_year,
  nullif(regexp_replace(upper(p.id_number), '[^0-9A-Z]', '', 'g'), '') AS id_number,
  p.phone, CASE WHEN s.phone_shared THEN NULL ELSE p.phone END AS own_phone, coalesce(s.phone_shared, false) AS phone_shared,
  p.household, p.place,
  i.incident_earliest_on, i.incident_latest_on, i.incident_place,
  CASE WHEN i.incident_earliest_on = i.incident_latest_on THEN i.incident_earliest_on END AS incident_on
FROM person_records AS p
LEFT JOIN (SELECT *, CASE WHEN len(chain) = 2 AND family_last THEN 2 ELSE 3 END AS rest_from FROM linkage_names) AS k
  ON k.full_name = p.full_name
LEFT JOIN linkage_phones AS s ON s.phone = p.phone
LEFT JOIN linkage_incidents AS i ON i.person_record_id = p.person_record_id
ORDER BY n
"""


def gather_mentions(db: Database) -> int:
    """Fill the temporary table ``linkage_records`` and return how many mentions there are.

    Parameters
    ----------
    db : Database
        Holds ``person_records``, ``claims``, ``claim_items`` and ``linkage_names``.
    """
    db.execute(_INCIDENTS)
    db.connection.execute(_PHONES, {"shared": SHARED_PHONE_RECORDS})
    db.execute(_RECORDS)
    db.execute("DROP TABLE linkage_incidents; DROP TABLE linkage_phones")
    return int(db.value("SELECT count(*) FROM linkage_records"))

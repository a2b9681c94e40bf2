-- name: plain_name
CREATE OR REPLACE TEMP MACRO _plain_name(name) AS lower(trim(regexp_replace(name, '\s+', ' ', 'g')));

-- name: core_rules
-- Doubts and refusals that need two values of a row; _values holds the rows as read, _harms the programme's heads of loss.
INSERT INTO _found BY NAME
SELECT record_id, source, row, line, '' AS cell, 'item.incident_on' AS column_name, incident AS value,
       'incident.after_filing' AS code, 'quarantine' AS severity,
       'The incident is later than the filing on ' || filed_on || '.' AS reason
FROM _values WHERE incident_earliest_on > filed_on
UNION ALL
SELECT record_id, source, row, line, '', 'claimant.born', claimant_born, 'born.after_filing', 'doubt',
       'The claimant is born after the filing on ' || filed_on || '; the date of birth is not taken.'
FROM _values WHERE claimant_born_earliest_on > filed_on
UNION ALL
SELECT record_id, source, row, line, '', 'victim.born', victim_born, 'born.after_incident', 'doubt',
       'The victim is born after the incident of ' || incident || '.'
FROM _values WHERE victim_born_earliest_on > incident_latest_on
UNION ALL
SELECT record_id, source, row, line, '', 'claimant.born', claimant_born, 'born.after_incident', 'doubt',
       'The victim is born after the incident of ' || incident || '.'
FROM _values WHERE relation = 'self' AND claimant_born_earliest_on > incident_latest_on
      AND NOT coalesce(claimant_born_earliest_on > filed_on, false)
UNION ALL
SELECT v.record_id, v.source, v.row, v.line, '', 'victim.full_name', NULL, 'victim.missing', 'doubt',
       'The harm or the relation is another person''s, and no victim is named.'
FROM _values v JOIN _harms h ON h.code = v.harm
WHERE v.victim_full_name IS NULL AND (h.victim_is_other OR (v.relation <> 'self' AND v.claimant_full_name IS NOT NULL))
UNION ALL
SELECT record_id, source, row, line, '', 'victim.full_name', victim_full_name, 'victim.differs', 'doubt',
       'The claimant is stated to be the victim, but the names differ.'
FROM _values WHERE relation = 'self' AND _plain_name(victim_full_name) <> _plain_name(claimant_full_name);

-- name: repeated_references
-- One reference on several rows of the same kind of source, in whatever file or sheet: a doubt on each of them.
CREATE OR REPLACE TEMP TABLE _repeated AS
SELECT s.mapping, lower(translate(trim(v.reference), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789')) AS reference, count(*) AS times,
       min(v.source || ' row ' || v.line) AS first_place, max(v.source || ' row ' || v.line) AS last_place
FROM _values v JOIN _sources s USING (source) WHERE trim(v.reference) <> '' GROUP BY ALL HAVING count(*) > 1;
INSERT INTO _found BY NAME
SELECT v.record_id, v.source, v.row, v.line, '' AS cell, 'reference' AS column_name, v.reference AS value,
       'reference.repeated' AS code, 'doubt' AS severity,
       'The reference stands on ' || r.times || ' rows, also in '
       || if(r.first_place = v.source || ' row ' || v.line, r.last_place, r.first_place) || '.' AS reason
FROM _values v JOIN _sources s USING (source)
JOIN _repeated r ON r.mapping = s.mapping
     AND r.reference = lower(translate(trim(v.reference), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'));

-- name: forget_impossible_births
UPDATE _values SET claimant_born = NULL, claimant_born_earliest_on = NULL, claimant_born_latest_on = NULL
WHERE claimant_born_earliest_on > filed_on;

-- name: own_victims
-- A victim who is stated to be the claimant, under the same name, is one mention and not two.
UPDATE _values SET victim_full_name = NULL
WHERE relation = 'self' AND _plain_name(victim_full_name) = _plain_name(claimant_full_name);

-- name: quarantined
CREATE OR REPLACE TEMP TABLE _quarantined AS SELECT DISTINCT record_id FROM _found WHERE severity = 'quarantine';

-- name: source_records
INSERT INTO source_records BY NAME
SELECT v.record_id, v.source, v.row, v.line, if(q.record_id IS NULL, 'accepted', 'quarantined') AS status, v.reference
FROM _values v LEFT JOIN _quarantined q USING (record_id)
UNION ALL
SELECT record_id, source, row, line, 'quarantined', NULL FROM _refused;

-- name: issues
-- What needed two values names its target; _places says which column and cell of the source that is.
INSERT INTO issues BY NAME
SELECT 'iss_' || substr(sha256(f.record_id || ':' || f.column_name || ':' || f.code), 1, 20) AS issue_id,
       f.record_id, f.source, f.row, f.line, coalesce(nullif(f.cell, ''), p.letters || if(p.numbered, f.line::TEXT, ''), '') AS cell,
       coalesce(p.column_name, f.column_name) AS column_name, nullif(left(f.value, 200), '') AS value, f.code, f.severity, f.reason
FROM _found f LEFT JOIN _places p ON f.cell = '' AND p.source = f.source AND p.target = f.column_name;

-- name: accepted
CREATE OR REPLACE TEMP TABLE _accepted AS
SELECT *,
       if(claimant_full_name IS NULL, NULL, 'prs_' || substr(sha256(sha256 || ':' || row || ':claimant'), 1, 20)) AS claimant_id,
       if(victim_full_name IS NULL, NULL, 'prs_' || substr(sha256(sha256 || ':' || row || ':victim'), 1, 20)) AS victim_id,
       'clm_' || substr(record_id, 5) AS claim_id,
       'itm_' || substr(sha256(sha256 || ':' || row || ':item:1'), 1, 20) AS item_id
FROM _values ANTI JOIN _quarantined USING (record_id);

-- name: person_records
INSERT INTO person_records BY NAME
SELECT claimant_id AS person_record_id, record_id, 'claimant' AS role, claimant_full_name AS full_name, claimant_sex AS sex,
       claimant_born AS born, claimant_born_earliest_on AS born_earliest_on, claimant_born_latest_on AS born_latest_on,
       claimant_id_number AS id_number, claimant_phone AS phone, claimant_household AS household, claimant_place AS place,
       claimant_phones AS phones
FROM _accepted WHERE claimant_id IS NOT NULL
UNION ALL
SELECT victim_id, record_id, 'victim', victim_full_name, victim_sex, victim_born, victim_born_earliest_on, victim_born_latest_on,
       victim_id_number, NULL, NULL, NULL, NULL
FROM _accepted WHERE victim_id IS NOT NULL;

-- name: relationships
-- Who is stated to be the victim oneself is one's own victim; with two different names the statement is doubted and no relation kept.
INSERT INTO relationships BY NAME
SELECT 'rel_' || substr(record_id, 5) AS relationship_id, record_id, claimant_id AS person_record_id, relation,
       coalesce(victim_id, claimant_id) AS other_person_record_id
FROM _accepted
WHERE claimant_id IS NOT NULL AND relation IS NOT NULL AND (relation = 'self') = (victim_id IS NULL);

-- name: claim_items
-- The programme's own columns, fact.NAME in _values, are appended by the caller as {facts}.
INSERT INTO claim_items BY NAME
SELECT item_id, claim_id, harm, coalesce(victim_id, if(relation = 'self', claimant_id, NULL)) AS victim_person_record_id, incident,
       incident_earliest_on, incident_latest_on, item_place AS place, property_ref, claimed_minor {facts}
FROM _accepted;

-- name: claims
INSERT INTO claims BY NAME
SELECT claim_id, record_id, source, reference, claimant_id AS claimant_person_record_id, filed_on, language, account
FROM _accepted;

-- name: exhibits
INSERT INTO exhibits BY NAME
SELECT 'exh_' || substr(sha256(item_id || ':' || kind), 1, 20) AS exhibit_id, item_id, kind
FROM (SELECT DISTINCT item_id, unnest(exhibits) AS kind FROM _accepted);

-- name: balance
SELECT s.source, s.rows, count(r.record_id) AS recorded, count(*) FILTER (r.status = 'accepted') AS accepted,
       count(*) FILTER (r.status = 'quarantined') AS quarantined
FROM _sources s LEFT JOIN source_records r USING (source)
GROUP BY ALL ORDER BY s.source;

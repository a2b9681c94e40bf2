-- Invented claims by the million, written past the triggers by the superuser: for measuring pages only.
CREATE TEMP TABLE drawn AS
SELECT n,
  'clm_' || lpad(to_hex(n), 8, '0') || md5(n::text) AS id,
  'C-' || lpad(n::text, 8, '0') AS reference,
  '0770' || lpad(n::text, 7, '0') AS phone,
  greatest(1, ceil(:names * power(random(), 3)))::int AS a,
  greatest(1, ceil(:names * power(random(), 3)))::int AS b,
  greatest(1, ceil(:names * power(random(), 3)))::int AS c,
  greatest(1, ceil(:families * power(random(), 2)))::int AS f,
  date '2018-01-01' + (n % 2500)::int AS filed_on,
  CASE WHEN n % 5 = 0 THEN 'IQ-BA' ELSE 'IQ-NI' END AS area,
  CASE WHEN n % 1000 = 0 THEN 'women' ELSE '' END AS sealed_unit,
  floor(power(random(), 0.5) * 6)::int AS at
FROM generate_series(1, :claims) n;
CREATE TEMP TABLE named AS
SELECT d.*, a.name || ' ' || b.name || ' ' || c.name || ' ' || f.name AS full_name,
  ARRAY[a.key, b.key, c.key, f.key, 'p:+964' || substr(d.phone, 2), 'r:c' || lpad(d.n::text, 8, '0')] AS keys
FROM drawn d JOIN given a ON a.n = d.a JOIN given b ON b.n = d.b JOIN given c ON c.n = d.c JOIN family f ON f.n = d.f;
SET session_replication_role = replica;
DROP INDEX claims_search;
INSERT INTO claims (id, programme, programme_hash, reference, filing_key, content_digest, filed_on, lodged_at, area, language,
  claimant_name, interviewer_sex, sealed_unit, search_keys, event_id)
SELECT id, 'IQ-LAW20', 'x', reference, id, 'x', filed_on, filed_on, area, 'ar', full_name, '', sealed_unit, keys, 100000000 + n FROM named
ORDER BY id;
CREATE INDEX claims_search ON claims USING gin (search_keys);
INSERT INTO people (id, claim_id, full_name, sex, born, phone, id_number, place, role, relation, search_keys)
SELECT 'per_' || id, id, full_name, 'm', '1980', phone, '', '', 'claimant', 'self', keys FROM named;
INSERT INTO claim_items (id, claim_id, harm, victim_id, incident, place, property_ref, claimed_minor, facts)
SELECT 'itm_' || id, id, 'property', 'per_' || id, 'x', 'IQ-NI', '', 50000000000, '{"property_kind": "house"}' FROM named;
INSERT INTO exhibits (id, claim_id, item_id, kind, sha256, size_bytes, content_type, received_at, received_by, file_name,
  quarantined_because)
SELECT 'exh_' || id, id, 'itm_' || id, 'photographs', '', 0, '', now(), 'x', '', '' FROM named;
INSERT INTO events (id, name, happened_at, actor, claim_id, subject, content, salt, leaf_hash, transaction_id)
SELECT 100000000 + n, 'claim.lodged', filed_on, 'system', id, id, '{}', '', '', 1 FROM named;
INSERT INTO case_steps (item_id, claim_id, step, body, state, outcome, entered_on, left_on, live, event_id)
SELECT 'itm_' || id, id, (ARRAY['court_form', 'police_inquiry', 'assessment', 'recommendation', 'court_approval', 'ratification'])[at + 1],
  (ARRAY['investigative_court', 'police', 'ninewa_sub_committee', 'ninewa_sub_committee', 'ninewa_appeals_court', 'central_committee'])[at + 1],
  CASE WHEN n % 3 = 0 AND at < 2 THEN 'waiting' ELSE 'open' END, '', filed_on, NULL, true, 100000000 + n FROM named;
INSERT INTO proposals (item_id, claim_id, run_id, programme_hash, facts_digest, outcome, ground, amount_minor, currency, legal_basis,
  rule_hits, missing_facts, letter_text, live, recorded_at)
SELECT 'itm_' || id, id, 'x', 'x', 'x', 'granted', 'x', 1000, 'IQD', '', '[]', '[]', '', true, now() FROM named;
SET session_replication_role = origin;
ANALYZE;

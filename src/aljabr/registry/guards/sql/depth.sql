-- Who may vote, as in guards.sql, with what appeals and recusals need.
CREATE OR REPLACE FUNCTION check_vote() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE m motions%ROWTYPE;
BEGIN
  SELECT * INTO m FROM motions WHERE id = NEW.motion_id FOR SHARE;
  IF m.closed_at IS NOT NULL THEN RAISE EXCEPTION 'the vote is closed' USING ERRCODE = 'AJ005'; END IF;
  IF m.drafted_by_id = NEW.officer_id THEN RAISE EXCEPTION 'who drafted a decision does not vote on it' USING ERRCODE = 'AJ006'; END IF;
  IF NOT EXISTS (SELECT FROM appointments a JOIN seats t ON t.id = a.seat_id
                 WHERE a.seat_id = NEW.seat_id AND a.user_id = NEW.officer_id AND t.body_id = m.body_id AND a.during @> NEW.cast_at::date) THEN
    RAISE EXCEPTION 'the officer does not sit on that seat' USING ERRCODE = 'AJ007';
  END IF;
  IF EXISTS (SELECT FROM recusals r WHERE r.claim_id = m.claim_id AND r.user_id = NEW.officer_id) THEN
    RAISE EXCEPTION 'the officer is recused from this claim' USING ERRCODE = 'AJ008';
  END IF;
  IF EXISTS (SELECT FROM interests i JOIN people p ON i.document_key = ANY (p.search_keys)
             WHERE p.claim_id = m.claim_id AND i.user_id = NEW.officer_id AND i.document_key <> '') THEN
    RAISE EXCEPTION 'the officer is a party or kin of one' USING ERRCODE = 'AJ016';
  END IF;
  IF EXISTS (SELECT FROM kinship_doubts k WHERE k.claim_id = m.claim_id AND k.user_id = NEW.officer_id AND k.kin IS NULL) THEN
    RAISE EXCEPTION 'whether the officer is kin of a party is not settled' USING ERRCODE = 'AJ017';
  END IF;
  -- Votes on an appeal do not bar from its next motion (one voted down must be followed by another), nor from a second appeal
  -- after the matter was returned; votes of the instances below do.
  IF m.appeal_id IS NOT NULL AND EXISTS (
    SELECT FROM votes v JOIN motions o ON o.id = v.motion_id
    WHERE o.item_id = m.item_id AND o.appeal_id IS NULL AND v.officer_id = NEW.officer_id
  ) THEN
    RAISE EXCEPTION 'who decided a matter does not hear the appeal against it' USING ERRCODE = 'AJ009';
  END IF;
  RETURN NEW;
END $$;

-- A clerical correction keeps body, step and outcome of what it corrects.
CREATE FUNCTION check_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM decisions d WHERE d.id = NEW.corrects_id AND d.live AND d.item_id = NEW.item_id AND d.body_id = NEW.body_id
                              AND d.outcome = NEW.outcome AND NEW.written_ground <> ''
  ) THEN
    RAISE EXCEPTION 'a clerical correction keeps body and outcome and has a reason' USING ERRCODE = 'AJ015';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER motions_corrected BEFORE INSERT ON motions FOR EACH ROW EXECUTE FUNCTION check_correction();

-- Minutes are what was hashed, and stay so; only the scan of the signed pages is bound to them, once.
CREATE FUNCTION check_hearing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.minutes_sha256 <> '' AND NEW.minutes_sha256 <> encode(sha256(convert_to(NEW.minutes_text, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'the hash is not that of the minutes' USING ERRCODE = 'AJ018';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.minutes_sha256 <> '' AND (to_jsonb(NEW) - 'scan_sha256' <> to_jsonb(OLD) - 'scan_sha256' OR OLD.scan_sha256 <> '') THEN
    RAISE EXCEPTION 'minutes are never changed once frozen' USING ERRCODE = 'AJ018';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hearings_checked BEFORE INSERT OR UPDATE ON hearings FOR EACH ROW EXECUTE FUNCTION check_hearing();

-- The claimant is told of an objection before a body votes on it.
CREATE FUNCTION check_objection_motion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.objection_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM objections o WHERE o.id = NEW.objection_id AND o.item_id = NEW.item_id AND o.notified_on IS NOT NULL AND o.settled_on IS NULL
  ) THEN
    RAISE EXCEPTION 'the claimant was not told of the objection' USING ERRCODE = 'AJ019';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER motions_checked BEFORE INSERT ON motions FOR EACH ROW EXECUTE FUNCTION check_objection_motion();

-- Incoming and outgoing letters are numbered for the year without gaps, whoever writes them and from wherever.
CREATE FUNCTION number_mail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  NEW.year := extract(year FROM NEW.dated_on);
  -- A sealed unit has numbers of its own: nobody else learns from a gap that it writes.
  SELECT c.sealed_unit INTO NEW.unit FROM claims c WHERE c.id = NEW.claim_id;
  PERFORM pg_advisory_xact_lock(hashtext('aljabr.mail/' || NEW.unit), hashtext(NEW.direction || NEW.year));
  SELECT coalesce(max(m.serial), 0) + 1 INTO NEW.serial FROM mail m
    WHERE m.unit = NEW.unit AND m.direction = NEW.direction AND m.year = NEW.year;
  IF NEW.number = '' THEN NEW.number := NEW.serial || '/' || NEW.year; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mail_numbered BEFORE INSERT ON mail FOR EACH ROW EXECUTE FUNCTION number_mail();

-- What everybody may know: figures over all claims but sealed ones, whose number nobody learns; small cells are left out.
CREATE FUNCTION public_dwell(smallest int) RETURNS TABLE (body text, asked bigint, answered bigint, median_days double precision, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.body::text, count(*), CASE WHEN count(r.answered_on) >= smallest THEN count(r.answered_on) END,
         CASE WHEN count(r.answered_on) >= smallest
              THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY r.answered_on - r.sent_on) FILTER (WHERE r.answered_on IS NOT NULL) END,
         CASE WHEN count(*) FILTER (WHERE r.answered_on IS NULL AND r.due_on < current_date) >= smallest
              THEN count(*) FILTER (WHERE r.answered_on IS NULL AND r.due_on < current_date) END
  FROM external_requests r JOIN claims c ON c.id = r.claim_id AND c.sealed_unit = '' GROUP BY r.body HAVING count(*) >= smallest ORDER BY r.body
$$;
CREATE FUNCTION public_decisions(smallest int) RETURNS TABLE (body text, outcome text, decisions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT b.key::text, d.outcome::text, count(*) FROM decisions d JOIN bodies b ON b.id = d.body_id
  JOIN claims c ON c.id = d.claim_id AND c.sealed_unit = '' WHERE d.live GROUP BY b.key, d.outcome HAVING count(*) >= smallest ORDER BY b.key, d.outcome
$$;
GRANT EXECUTE ON FUNCTION public_dwell(int), public_decisions(int) TO aljabr_app;

-- A mediator sees the claims joined to, while the mandate runs, and of them what it names; nobody else is narrowed by this.
CREATE FUNCTION mandated(claim text, scope text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(current_setting('aljabr.mandated', true), '') = '' OR EXISTS (
    SELECT FROM mandates m WHERE m.claim_id = claim AND m.user_id = current_setting('aljabr.mandated', true)::bigint
      AND m.ended_on IS NULL AND current_date BETWEEN m.from_on AND m.until_on AND (scope = '' OR scope = ANY (m.scopes)))
$$;
GRANT EXECUTE ON FUNCTION mandated(text, text) TO aljabr_app;
CREATE POLICY claims_mandated ON claims AS RESTRICTIVE FOR SELECT TO aljabr_app USING (
  coalesce((SELECT current_setting('aljabr.mandated', true)), '') = '' OR mandated(id, ''));
CREATE POLICY people_mandated ON people AS RESTRICTIVE FOR SELECT TO aljabr_app USING (
  coalesce((SELECT current_setting('aljabr.mandated', true)), '') = '' OR mandated(claim_id, 'people'));
CREATE POLICY exhibits_mandated ON exhibits AS RESTRICTIVE FOR SELECT TO aljabr_app USING (
  coalesce((SELECT current_setting('aljabr.mandated', true)), '') = '' OR mandated(claim_id, 'exhibits'));
CREATE POLICY mail_mandated ON mail AS RESTRICTIVE FOR SELECT TO aljabr_app USING (
  coalesce((SELECT current_setting('aljabr.mandated', true)), '') = '' OR mandated(claim_id, 'mail'));
CREATE POLICY requests_mandated ON external_requests AS RESTRICTIVE FOR SELECT TO aljabr_app USING (
  coalesce((SELECT current_setting('aljabr.mandated', true)), '') = '' OR mandated(claim_id, 'requests'));
CREATE FUNCTION freeze_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.reported_at IS NOT NULL AND (NEW.report, NEW.reported_at) IS DISTINCT FROM (OLD.report, OLD.reported_at) THEN
    RAISE EXCEPTION 'a report is written once' USING ERRCODE = 'AJ001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER mandates_frozen BEFORE UPDATE ON mandates FOR EACH ROW EXECUTE FUNCTION freeze_report();

-- Attestations of those who watch are published as they were given.
CREATE TRIGGER attestations_frozen BEFORE UPDATE OR DELETE ON attestations FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- (a) A queue is jumped when an item is decided before one that entered the same queue on an earlier day and was ready: not
-- waiting for somebody else, not withdrawn, not taken out of its schedule, no officer barred from it; unless a rule of the
-- programme gave the later one priority. Seen with the viewer's own eyes.
-- One pass over each queue in the order of entry: the latest decision (never is latest of all) among those that entered on an
-- earlier day, first entered first; found in the text key that carries it along the window.
CREATE VIEW queue_inversions WITH (security_invoker = true) AS
WITH decided AS (
  SELECT m.step_id, min(d.decided_on) AS decided_on FROM decisions d JOIN motions m ON m.id = d.motion_id GROUP BY m.step_id
), queue AS (
  SELECT s.id, s.item_id, s.claim_id, c.programme, s.body, s.step, s.entered_on, o.decided_on,
    CASE WHEN (o.decided_on IS NOT NULL OR (s.live AND s.state = 'open'))
      AND NOT EXISTS (SELECT FROM motions m WHERE m.step_id = s.id AND m.closed_because <> '')
      AND NOT EXISTS (SELECT FROM recusals r WHERE r.claim_id = s.claim_id)
      AND NOT EXISTS (SELECT FROM kinship_doubts k WHERE k.claim_id = s.claim_id)
      AND NOT EXISTS (SELECT FROM events v WHERE v.claim_id = s.claim_id AND v.name IN ('item.withdrawn', 'evidence.asked')
                                             AND v.happened_at::date >= s.entered_on)
    THEN coalesce(o.decided_on::text, '9999-12-31') || '/' || lpad((9999999 - to_char(s.entered_on, 'J')::int)::text, 7, '0')
         || '/' || s.id END AS ready
  FROM case_steps s JOIN claims c ON c.id = s.claim_id LEFT JOIN decided o ON o.step_id = s.id
), passed AS (
  SELECT q.*, max(q.ready) OVER (PARTITION BY q.programme, q.body, q.step ORDER BY q.entered_on
                                 RANGE BETWEEN UNBOUNDED PRECEDING AND '1 day' PRECEDING) AS over FROM queue q
)
SELECT late.programme, late.body, late.step, late.claim_id, late.item_id, late.entered_on, late.decided_on,
       early.claim_id AS passed_claim_id, early.item_id AS passed_item_id, early.entered_on AS passed_entered_on
FROM passed late JOIN case_steps early ON early.id = split_part(late.over, '/', 3)::bigint
WHERE late.decided_on IS NOT NULL AND split_part(late.over, '/', 1) > late.decided_on::text
  AND NOT EXISTS (SELECT FROM priorities p WHERE p.item_id = late.item_id);

-- (c) An award that is not the engine's, though nobody recorded that it differs and why.
CREATE VIEW awards_unexplained WITH (security_invoker = true) AS
SELECT d.id AS decision_id, d.number, b.key AS body, d.claim_id, d.item_id, d.outcome, d.amount_minor,
       p.outcome AS proposed_outcome, p.amount_minor AS proposed_minor
FROM decisions d JOIN bodies b ON b.id = d.body_id JOIN motions m ON m.id = d.motion_id
JOIN proposals p ON p.item_id = d.item_id AND p.live
WHERE d.live AND m.appeal_id IS NULL AND d.outcome IN ('granted', 'denied') AND p.outcome IN ('granted', 'denied')
  AND (d.outcome <> p.outcome OR (d.outcome = 'granted' AND d.amount_minor IS DISTINCT FROM p.amount_minor))
  AND (NOT m.against_proposal OR m.written_ground = '') AND (m.corrects_id IS NULL OR m.written_ground = '');

-- Row-level security of the tables the depth of the procedure adds: they follow their claim.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['kinship_doubts', 'agenda_entries', 'objections', 'mandates', 'priorities'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON %I USING (EXISTS (SELECT FROM claims c WHERE c.id = %I.claim_id))', name || '_seen', name, name);
  END LOOP;
END $$;

-- The application's rights on them: it reads and adds; it changes only what actions change.
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO aljabr_app;
REVOKE INSERT ON state_transitions, django_migrations, auth_group, auth_group_permissions, auth_permission FROM aljabr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO aljabr_app;
GRANT UPDATE (notified_on, claimant_says, lapses_on, outcome, settled_on) ON objections TO aljabr_app;
GRANT UPDATE (ended_on, report, reported_at) ON mandates TO aljabr_app;
GRANT UPDATE (appeal_until) ON services TO aljabr_app;
REVOKE INSERT ON queue_inversions, awards_unexplained FROM aljabr_app;
ALTER TABLE saved_filters ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_filters FORCE ROW LEVEL SECURITY;
CREATE POLICY saved_filters_own ON saved_filters USING ((SELECT viewer()) = 'user:' || user_id);
GRANT UPDATE (dropped_on) ON saved_filters TO aljabr_app;
GRANT UPDATE (closed_at) ON schedules TO aljabr_app;
GRANT UPDATE (kin, settled_because, settled_by) ON kinship_doubts TO aljabr_app;

-- The legal day: that of the zone of a claim's programme. The application states the zones for its transaction (aljabr.zones, a JSON
-- object of programme and zone; the empty programme is the registry's own); where nothing is stated it is UTC's day.
CREATE FUNCTION legal_day(moment timestamptz, programme text DEFAULT '') RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE coalesce(z.zones ->> programme, z.zones ->> '', 'UTC'))::date
  FROM (SELECT coalesce(nullif(current_setting('aljabr.zones', true), ''), '{}')::jsonb AS zones) z
$$;
GRANT EXECUTE ON FUNCTION legal_day(timestamptz, text) TO aljabr_app;

-- Who may vote, as in depth.sql, by the legal day.
CREATE OR REPLACE FUNCTION check_vote() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE m motions%ROWTYPE;
BEGIN
  SELECT * INTO m FROM motions WHERE id = NEW.motion_id FOR SHARE;
  IF m.closed_at IS NOT NULL THEN RAISE EXCEPTION 'the vote is closed' USING ERRCODE = 'AJ005'; END IF;
  IF m.drafted_by_id = NEW.officer_id THEN RAISE EXCEPTION 'who drafted a decision does not vote on it' USING ERRCODE = 'AJ006'; END IF;
  IF NOT EXISTS (SELECT FROM appointments a JOIN seats t ON t.id = a.seat_id
                 WHERE a.seat_id = NEW.seat_id AND a.user_id = NEW.officer_id AND t.body_id = m.body_id AND a.during @> legal_day(NEW.cast_at, (SELECT c.programme FROM claims c WHERE c.id = m.claim_id))) THEN
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

-- What everybody may know of outside bodies, as in depth.sql, by the legal day.
CREATE OR REPLACE FUNCTION public_dwell(smallest int) RETURNS TABLE (body text, asked bigint, answered bigint, median_days double precision, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT r.body::text, count(*), CASE WHEN count(r.answered_on) >= smallest THEN count(r.answered_on) END,
         CASE WHEN count(r.answered_on) >= smallest
              THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY r.answered_on - r.sent_on) FILTER (WHERE r.answered_on IS NOT NULL) END,
         CASE WHEN count(*) FILTER (WHERE r.answered_on IS NULL AND r.due_on < legal_day(now(), c.programme)) >= smallest
              THEN count(*) FILTER (WHERE r.answered_on IS NULL AND r.due_on < legal_day(now(), c.programme)) END
  FROM external_requests r JOIN claims c ON c.id = r.claim_id AND c.sealed_unit = '' GROUP BY r.body HAVING count(*) >= smallest ORDER BY r.body
$$;

-- What a mediator sees, as in depth.sql, by the legal day.
CREATE OR REPLACE FUNCTION mandated(claim text, scope text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(current_setting('aljabr.mandated', true), '') = '' OR EXISTS (
    SELECT FROM mandates m JOIN claims c ON c.id = m.claim_id WHERE m.claim_id = claim AND m.user_id = current_setting('aljabr.mandated', true)::bigint
      AND m.ended_on IS NULL AND legal_day(now(), c.programme) BETWEEN m.from_on AND m.until_on AND (scope = '' OR scope = ANY (m.scopes)))
$$;

-- Queues that were jumped, as in depth.sql, by the legal day.
CREATE OR REPLACE VIEW queue_inversions WITH (security_invoker = true) AS
WITH decided AS (
  SELECT m.step_id, min(d.decided_on) AS decided_on FROM decisions d JOIN motions m ON m.id = d.motion_id GROUP BY m.step_id
), queue AS (
  SELECT s.id, s.item_id, s.claim_id, c.programme, s.body, s.step, s.entered_on, o.decided_on,
    CASE WHEN (o.decided_on IS NOT NULL OR (s.live AND s.state = 'open'))
      AND NOT EXISTS (SELECT FROM motions m WHERE m.step_id = s.id AND m.closed_because <> '')
      AND NOT EXISTS (SELECT FROM recusals r WHERE r.claim_id = s.claim_id)
      AND NOT EXISTS (SELECT FROM kinship_doubts k WHERE k.claim_id = s.claim_id)
      AND NOT EXISTS (SELECT FROM events v WHERE v.claim_id = s.claim_id AND v.name IN ('item.withdrawn', 'evidence.asked')
                                             AND legal_day(v.happened_at, c.programme) >= s.entered_on)
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

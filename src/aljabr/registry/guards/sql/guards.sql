-- What must never happen, forbidden where nobody can forget it. Owner's objects; the application's role only uses them.

-- Who is looking, as the request's transaction said; unset is nobody.
CREATE FUNCTION viewer() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('aljabr.viewer', true), '') $$;
CREATE FUNCTION viewer_areas() RETURNS text[] LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('aljabr.areas', true), ''), '{}')::text[] $$;
CREATE FUNCTION viewer_units() RETURNS text[] LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('aljabr.units', true), ''), '{}')::text[] $$;

-- Events are only ever added.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'AJ001';
END $$;
CREATE FUNCTION freeze_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.leaf_index IS NULL AND to_jsonb(NEW) - 'leaf_index' = to_jsonb(OLD) - 'leaf_index' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an event is never changed' USING ERRCODE = 'AJ001';
END $$;
CREATE TRIGGER events_frozen BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION freeze_event();
CREATE TRIGGER events_kept BEFORE DELETE OR TRUNCATE ON events EXECUTE FUNCTION refuse_change();
CREATE TRIGGER votes_frozen BEFORE UPDATE OR DELETE ON votes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_frozen BEFORE UPDATE OR DELETE ON checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- No state without its event of the same transaction.
CREATE FUNCTION event_is_of_now(id bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT EXISTS (SELECT FROM events e WHERE e.id = $1 AND e.transaction_id = pg_current_xact_id()::text::bigint) $$;

CREATE FUNCTION check_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT event_is_of_now(NEW.event_id) THEN
    RAISE EXCEPTION 'a claim is written together with its event' USING ERRCODE = 'AJ002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claims_evented BEFORE INSERT OR UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION check_claim();

CREATE TABLE state_transitions (before text NOT NULL, after text NOT NULL, action text NOT NULL, PRIMARY KEY (before, after));

CREATE FUNCTION check_case_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN RAISE EXCEPTION 'a step begins open' USING ERRCODE = 'AJ003'; END IF;
  ELSIF NEW.state <> OLD.state THEN
    IF NOT EXISTS (SELECT FROM state_transitions t WHERE t.before = OLD.state AND t.after = NEW.state) THEN
      RAISE EXCEPTION 'a step does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'AJ003';
    END IF;
  ELSIF NEW.live = OLD.live AND NEW.due_on IS NOT DISTINCT FROM OLD.due_on THEN
    RETURN NEW;
  END IF;
  IF NOT event_is_of_now(NEW.event_id) THEN
    RAISE EXCEPTION 'a state is written together with its event' USING ERRCODE = 'AJ002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER case_steps_checked BEFORE INSERT OR UPDATE ON case_steps FOR EACH ROW EXECUTE FUNCTION check_case_step();
CREATE TRIGGER case_steps_kept BEFORE DELETE ON case_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The view written before seeing the machine's proposal stays as it was.
CREATE FUNCTION check_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.proposal_seen_at IS NOT NULL AND (NEW.provisional_view <> OLD.provisional_view OR NEW.proposal_seen_at <> OLD.proposal_seen_at) THEN
    RAISE EXCEPTION 'a provisional view cannot change once the proposal was seen' USING ERRCODE = 'AJ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reviews_checked BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION check_review();

-- Who may vote: sits on that seat today, did not draft the motion, is not recused, and did not decide the matter before an appeal.
CREATE FUNCTION check_vote() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
  IF m.appeal_id IS NOT NULL AND EXISTS (
    SELECT FROM votes v JOIN motions o ON o.id = v.motion_id WHERE o.item_id = m.item_id AND o.id <> m.id AND v.officer_id = NEW.officer_id
  ) THEN
    RAISE EXCEPTION 'who decided a matter does not hear the appeal against it' USING ERRCODE = 'AJ009';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER votes_checked BEFORE INSERT ON votes FOR EACH ROW EXECUTE FUNCTION check_vote();

-- A decision is what a body's votes say: quorum, majority, no single signature, the exception of a one-principal body shown.
CREATE FUNCTION check_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE m motions%ROWTYPE; b bodies%ROWTYPE; present int; in_favour int; against int; principals int;
BEGIN
  SELECT * INTO m FROM motions WHERE id = NEW.motion_id FOR UPDATE;
  SELECT * INTO b FROM bodies WHERE id = m.body_id;
  SELECT count(*), count(*) FILTER (WHERE choice = 'for'), count(*) FILTER (WHERE choice = 'against')
    INTO present, in_favour, against FROM votes WHERE motion_id = m.id;
  SELECT count(DISTINCT t.principal) INTO principals FROM votes v JOIN seats t ON t.id = v.seat_id WHERE v.motion_id = m.id AND v.choice = 'for';
  IF present < b.quorum THEN RAISE EXCEPTION 'the quorum of % is not met', b.quorum USING ERRCODE = 'AJ010'; END IF;
  IF in_favour <= against THEN RAISE EXCEPTION 'the motion has no majority' USING ERRCODE = 'AJ011'; END IF;
  IF EXISTS (SELECT FROM votes v WHERE v.motion_id = m.id AND v.officer_id = NEW.issued_by_id) AND in_favour < 2 THEN
    RAISE EXCEPTION 'a decision needs two people' USING ERRCODE = 'AJ012';
  END IF;
  IF principals < 2 AND NEW.statutory_exception = '' THEN
    RAISE EXCEPTION 'one principal decides alone without a statutory exception' USING ERRCODE = 'AJ013';
  END IF;
  IF (NEW.item_id, NEW.claim_id, NEW.outcome, NEW.amount_minor, NEW.currency, NEW.ground, NEW.body_id)
     IS DISTINCT FROM (m.item_id, m.claim_id, m.outcome, m.amount_minor, m.currency, m.ground, m.body_id) THEN
    RAISE EXCEPTION 'a decision says what was voted on' USING ERRCODE = 'AJ014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decisions_checked BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION check_decision();
CREATE FUNCTION freeze_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'live' - 'superseded_by_id' = to_jsonb(OLD) - 'live' - 'superseded_by_id' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a decision is never changed, only superseded' USING ERRCODE = 'AJ001';
END $$;
CREATE TRIGGER decisions_frozen BEFORE UPDATE ON decisions FOR EACH ROW EXECUTE FUNCTION freeze_decision();
CREATE TRIGGER decisions_kept BEFORE DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Gapless places in the log, in the order of ids, only for events whose neighbours can no longer appear before them.
CREATE FUNCTION sequence_events() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE next_index bigint; given bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('aljabr.sequencer'));
  SELECT coalesce(max(leaf_index) + 1, 0) INTO next_index FROM events;
  WITH ready AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM events
    WHERE leaf_index IS NULL AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  )
  UPDATE events e SET leaf_index = next_index + r.place FROM ready r WHERE e.id = r.id;
  GET DIAGNOSTICS given = ROW_COUNT;
  RETURN given;
END $$;
CREATE FUNCTION leaf_hashes(first bigint) RETURNS TABLE (leaf_index bigint, leaf_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT e.leaf_index, e.leaf_hash FROM events e WHERE e.leaf_index >= first ORDER BY e.leaf_index $$;

-- Row-level security: a claim is seen in the viewer's areas, a sealed one by its unit alone; everything of a claim follows it.
ALTER TABLE claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE claims FORCE ROW LEVEL SECURITY;
CREATE POLICY claims_seen ON claims USING (
  (SELECT viewer()) <> ''
  AND (sealed_unit = '' OR sealed_unit = ANY ((SELECT viewer_units())::text[]) OR '*' = ANY ((SELECT viewer_units())::text[]))
  AND ('*' = ANY ((SELECT viewer_areas())::text[]) OR area = ANY ((SELECT viewer_areas())::text[]))
);
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['people', 'claim_items', 'mail', 'exhibits', 'waivers', 'case_steps', 'assignments', 'reviews',
                              'external_requests', 'proposals', 'motions', 'decisions', 'services', 'appeals', 'recusals'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY %I ON %I USING (EXISTS (SELECT FROM claims c WHERE c.id = %I.claim_id))', name || '_seen', name, name);
  END LOOP;
END $$;
ALTER TABLE item_overlaps ENABLE ROW LEVEL SECURITY;
ALTER TABLE item_overlaps FORCE ROW LEVEL SECURITY;
CREATE POLICY item_overlaps_seen ON item_overlaps USING (EXISTS (SELECT FROM claim_items i WHERE i.id = item_overlaps.item_id));
ALTER TABLE votes ENABLE ROW LEVEL SECURITY;
ALTER TABLE votes FORCE ROW LEVEL SECURITY;
CREATE POLICY votes_seen ON votes USING (EXISTS (SELECT FROM motions m WHERE m.id = votes.motion_id));
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY events_read ON events FOR SELECT USING (
  (SELECT viewer()) <> '' AND (claim_id IS NULL OR EXISTS (SELECT FROM claims c WHERE c.id = events.claim_id)
                               OR transaction_id = pg_current_xact_id_if_assigned()::text::bigint));
CREATE POLICY events_added ON events FOR INSERT WITH CHECK ((SELECT viewer()) <> '');

-- The owner's own functions read past the policies, which bind the application's role.
CREATE POLICY owner_sees_events ON events TO aljabr_owner USING (true) WITH CHECK (true);
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['claims', 'case_steps', 'motions', 'votes', 'decisions', 'appeals', 'recusals'] LOOP
    EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO aljabr_owner USING (true)', 'owner_sees_' || name, name);
  END LOOP;
END $$;
CREATE POLICY owner_locks_motions ON motions FOR UPDATE TO aljabr_owner USING (true);

-- The application's role owns nothing: it reads and adds; it changes only what actions change; it deletes nothing but sessions.
GRANT USAGE ON SCHEMA public TO aljabr_app;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO aljabr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO aljabr_app;
GRANT UPDATE ON users, grants, claims, claim_items, people, case_steps, reviews, external_requests, proposals, motions, decisions,
  appeals, hearings, appointments, item_overlaps, django_session TO aljabr_app;
GRANT UPDATE (leaf_index) ON events TO aljabr_owner;
GRANT DELETE ON django_session TO aljabr_app;
REVOKE INSERT ON state_transitions, django_migrations, auth_group, auth_group_permissions, auth_permission FROM aljabr_app;
REVOKE ALL ON FUNCTION sequence_events(), leaf_hashes(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sequence_events(), leaf_hashes(bigint) TO aljabr_app;

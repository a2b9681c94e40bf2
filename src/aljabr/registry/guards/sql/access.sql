-- Who may see and do what, where nobody can forget it: reading, break-glass, recusal, roles, seats.

-- Claims the viewer opened outside their area, for a time, to read only.
CREATE FUNCTION viewer_openings() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(o.claim_id::text), '{}') FROM openings o
  WHERE coalesce(current_setting('aljabr.reading', true), '') = '1' AND 'user:' || o.user_id = viewer() AND o.until > now()
$$;
DROP POLICY claims_seen ON claims;
CREATE POLICY claims_seen ON claims USING (
  (SELECT viewer()) <> ''
  AND (sealed_unit = '' OR sealed_unit = ANY ((SELECT viewer_units())::text[]) OR '*' = ANY ((SELECT viewer_units())::text[]))
  AND ('*' = ANY ((SELECT viewer_areas())::text[]) OR area = ANY ((SELECT viewer_areas())::text[])
       OR (sealed_unit = '' AND id = ANY ((SELECT viewer_openings())::text[])))
);

-- The claim a reference names, if it may be opened: a sealed one is not there.
CREATE FUNCTION claim_to_open(asked text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT c.id FROM claims c WHERE c.sealed_unit = '' AND (c.id = asked OR c.reference = asked) ORDER BY c.id LIMIT 1 $$;
CREATE FUNCTION check_opening() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF 'user:' || NEW.user_id <> viewer() OR NEW.until > NEW.opened_at + interval '1 day' OR trim(NEW.reason) = ''
     OR NOT EXISTS (SELECT FROM claims c WHERE c.id = NEW.claim_id AND c.sealed_unit = '') THEN
    RAISE EXCEPTION 'a claim is opened by oneself, for a reason, for a day at most, and no sealed one' USING ERRCODE = 'AJ030';
  END IF;
  IF EXISTS (SELECT FROM recusals r WHERE r.claim_id = NEW.claim_id AND r.user_id = NEW.user_id) THEN
    RAISE EXCEPTION 'the officer is recused from this claim' USING ERRCODE = 'AJ031';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER openings_checked BEFORE INSERT ON openings FOR EACH ROW EXECUTE FUNCTION check_opening();
CREATE TRIGGER openings_kept BEFORE UPDATE OR DELETE ON openings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER readings_kept BEFORE UPDATE OR DELETE ON readings FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Nobody acts on a claim they are recused from: every act writes its event, and this event is refused.
CREATE FUNCTION check_recused() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.name NOT LIKE 'recusal.%' AND EXISTS (
    SELECT FROM recusals r WHERE r.claim_id = NEW.claim_id AND 'user:' || r.user_id = NEW.actor
  ) THEN
    RAISE EXCEPTION 'the officer is recused from this claim' USING ERRCODE = 'AJ031';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER events_by_the_unbiased BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.claim_id IS NOT NULL) EXECUTE FUNCTION check_recused();

-- A role stays what two people gave: confirmed once, by a third hand to its holder, then only ended.
CREATE FUNCTION check_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.given_by <> viewer() OR (NEW.confirmed_by <> '' AND viewer() <> 'system') THEN
      RAISE EXCEPTION 'a role is given by the viewer and confirmed by another' USING ERRCODE = 'AJ032';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - 'confirmed_by' - 'until_on' <> to_jsonb(OLD) - 'confirmed_by' - 'until_on' THEN
    RAISE EXCEPTION 'a role is never changed, only ended' USING ERRCODE = 'AJ001';
  END IF;
  IF NEW.confirmed_by <> OLD.confirmed_by
     AND (OLD.confirmed_by <> '' OR NEW.confirmed_by <> viewer() OR NEW.confirmed_by IN (NEW.given_by, 'user:' || NEW.user_id)) THEN
    RAISE EXCEPTION 'a role needs a second person' USING ERRCODE = 'AJ032';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER grants_checked BEFORE INSERT OR UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION check_grant();

-- A seat is taken by whom one administrator nominated and another confirmed.
CREATE FUNCTION check_nomination() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'confirmed_by' <> to_jsonb(OLD) - 'confirmed_by' THEN
    RAISE EXCEPTION 'a nomination is never changed' USING ERRCODE = 'AJ001';
  END IF;
  IF OLD.confirmed_by <> '' OR NEW.confirmed_by <> viewer() OR NEW.confirmed_by IN (NEW.given_by, 'user:' || NEW.user_id) THEN
    RAISE EXCEPTION 'a seat needs a second person' USING ERRCODE = 'AJ032';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nominations_checked BEFORE UPDATE ON nominations FOR EACH ROW EXECUTE FUNCTION check_nomination();
CREATE FUNCTION check_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF viewer() <> 'system' AND NOT EXISTS (
    SELECT FROM nominations n WHERE n.seat_id = NEW.seat_id AND n.user_id = NEW.user_id AND n.confirmed_by = viewer()
  ) THEN
    RAISE EXCEPTION 'a seat needs a second person' USING ERRCODE = 'AJ032';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appointments_nominated BEFORE INSERT ON appointments FOR EACH ROW EXECUTE FUNCTION check_appointment();

-- Rows that follow their claim or their user; an overlap with a claim one does not see is not seen.
ALTER TABLE readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE readings FORCE ROW LEVEL SECURITY;
CREATE POLICY readings_seen ON readings USING (EXISTS (SELECT FROM claims c WHERE c.id = readings.claim_id));
ALTER TABLE openings ENABLE ROW LEVEL SECURITY;
ALTER TABLE openings FORCE ROW LEVEL SECURITY;
CREATE POLICY openings_seen ON openings FOR SELECT USING (
  'user:' || user_id = (SELECT viewer()) OR EXISTS (SELECT FROM claims c WHERE c.id = openings.claim_id));
CREATE POLICY openings_added ON openings FOR INSERT WITH CHECK ('user:' || user_id = (SELECT viewer()));
ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
CREATE POLICY notices_seen ON notices FOR SELECT USING ('user:' || user_id = (SELECT viewer()));
CREATE POLICY notices_marked ON notices FOR UPDATE USING ('user:' || user_id = (SELECT viewer()));
CREATE POLICY notices_added ON notices FOR INSERT WITH CHECK ((SELECT viewer()) <> '');
DROP POLICY item_overlaps_seen ON item_overlaps;
CREATE POLICY item_overlaps_seen ON item_overlaps USING (
  EXISTS (SELECT FROM claim_items i WHERE i.id = item_overlaps.item_id)
  AND EXISTS (SELECT FROM claims c WHERE c.id = item_overlaps.other_claim_id));

GRANT SELECT, INSERT ON readings, openings, notices, nominations, series, sign_in_attempts, sign_ins, factors, recovery_codes TO aljabr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO aljabr_app;
GRANT UPDATE ON sign_in_attempts, sign_ins, series TO aljabr_app;
GRANT UPDATE (seen_at) ON notices TO aljabr_app;
GRANT UPDATE (confirmed_by) ON nominations TO aljabr_app;
GRANT UPDATE (last_step, confirmed_at, removed_at) ON factors TO aljabr_app;
GRANT UPDATE (used_at) ON recovery_codes TO aljabr_app;
REVOKE ALL ON FUNCTION claim_to_open(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_to_open(text) TO aljabr_app;

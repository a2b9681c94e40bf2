-- Engine runs, exports, letters, tokens, and what the public may ask the log.

-- A run that ended stays as it was.
CREATE FUNCTION freeze_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('queued', 'running') THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a run that ended is never changed' USING ERRCODE = 'AJ001';
END $$;
CREATE TRIGGER runs_frozen BEFORE UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION freeze_run();

-- What was asked for is what is approved; an approved export changes only by being downloaded.
CREATE FUNCTION freeze_export() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept text[] := ARRAY['downloads'];
BEGIN
  IF OLD.approved_by_id IS NULL THEN kept := kept || ARRAY['approved_by_id', 'approved_at', 'expires_on', 'canary', 'rows', 'sha256']; END IF;
  IF to_jsonb(NEW) - kept = to_jsonb(OLD) - kept AND NEW.downloads IN (OLD.downloads, OLD.downloads + 1) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an export is what was asked for and approved' USING ERRCODE = 'AJ001';
END $$;
CREATE TRIGGER exports_frozen BEFORE UPDATE ON exports FOR EACH ROW EXECUTE FUNCTION freeze_export();

CREATE TRIGGER letters_frozen BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters FORCE ROW LEVEL SECURITY;
CREATE POLICY letters_seen ON letters USING (EXISTS (SELECT FROM claims c WHERE c.id = letters.claim_id));

-- A token is only ever revoked.
CREATE FUNCTION freeze_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revoked_at IS NULL AND to_jsonb(NEW) - 'revoked_at' = to_jsonb(OLD) - 'revoked_at' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a token is only ever revoked' USING ERRCODE = 'AJ001';
END $$;
CREATE TRIGGER tokens_frozen BEFORE UPDATE ON tokens FOR EACH ROW EXECUTE FUNCTION freeze_token();

-- The public log, for anybody: a few leaves, the place of a receipt, and how many items are where (never of sealed claims, none
-- under ten, the others to the nearest five, so that no cell tells of one person).
CREATE FUNCTION leaf_range(first bigint, past bigint) RETURNS TABLE (leaf_index bigint, leaf_hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT e.leaf_index, e.leaf_hash FROM events e WHERE e.leaf_index >= first AND e.leaf_index < past ORDER BY e.leaf_index $$;
CREATE FUNCTION leaf_place(leaf bytea) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT min(e.leaf_index) FROM events e WHERE e.leaf_hash = leaf $$;
CREATE INDEX events_leaf ON events (leaf_hash);
CREATE FUNCTION public_counts() RETURNS TABLE (programme text, step text, state text, items bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.programme, s.step, s.state, CASE WHEN count(*) >= 10 THEN (count(*) + 2) / 5 * 5 END
  FROM case_steps s JOIN claims c ON c.id = s.claim_id
  WHERE s.live AND c.sealed_unit = '' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;

GRANT SELECT, INSERT ON runs, exports, letters, tokens, tree_nodes TO aljabr_app;
GRANT UPDATE ON runs, exports, tokens TO aljabr_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers
  TO aljabr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO aljabr_app;
REVOKE ALL ON FUNCTION leaf_range(bigint, bigint), leaf_place(bytea), public_counts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leaf_range(bigint, bigint), leaf_place(bytea), public_counts() TO aljabr_app;

-- Policies nothing depends on: the owner sees what follows a claim because it sees the claim.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['case_steps', 'motions', 'votes', 'decisions', 'appeals', 'recusals'] LOOP
    EXECUTE format('DROP POLICY %I ON %I', 'owner_sees_' || name, name);
  END LOOP;
END $$;
DROP POLICY owner_locks_motions ON motions;

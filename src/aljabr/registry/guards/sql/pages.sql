-- Pages over a million claims.

-- The ids of claims that hold all of the keys, in their order, from one id on. The index on keys cannot serve a query under row-level
-- security (containment of arrays may not be asked before it is known what may be seen), so the owner asks it and sees to areas and
-- seals itself; whoever calls reads the claims through their policy again.
CREATE FUNCTION claims_with_keys(keys text[], after text, at_most int) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE areas text[] := viewer_areas(); units text[] := viewer_units();
BEGIN
  IF viewer() = '' THEN RETURN; END IF;
  RETURN QUERY EXECUTE
    'SELECT c.id::text FROM claims c WHERE c.search_keys @> $1::varchar[] AND c.id > $2
       AND ($4 OR c.area = ANY ($5)) AND (c.sealed_unit = '''' OR $6 OR c.sealed_unit = ANY ($7)) ORDER BY c.id LIMIT $3'
    USING keys, after, at_most, '*' = ANY (areas), areas, '*' = ANY (units), units;
END $$;

-- Every queue the viewer sees with its oldest day; how many wait is counted to a limit and no further.
CREATE FUNCTION queue_sizes(bodies text[], at_most int) RETURNS TABLE (body text, step text, state text, items bigint, oldest_on date)
LANGUAGE sql STABLE SET search_path = public AS $$
  WITH RECURSIVE queue AS (
    (SELECT s.body, s.step, s.state FROM case_steps s WHERE s.live ORDER BY s.body, s.step, s.state LIMIT 1)
    UNION ALL
    SELECT f.body, f.step, f.state FROM queue q CROSS JOIN LATERAL (
      SELECT s.body, s.step, s.state FROM case_steps s WHERE s.live AND (s.body, s.step, s.state) > (q.body, q.step, q.state)
      ORDER BY s.body, s.step, s.state LIMIT 1) f
  )
  SELECT q.body, q.step, q.state, w.items, w.oldest_on FROM queue q CROSS JOIN LATERAL (
    SELECT count(*) AS items, min(entered_on) AS oldest_on FROM (
      SELECT s.entered_on FROM case_steps s WHERE s.live AND s.body = q.body AND s.step = q.step AND s.state = q.state
      ORDER BY s.entered_on, s.id LIMIT at_most) first
  ) w WHERE cardinality(bodies) = 0 OR q.body = ANY (bodies) ORDER BY 1, 2, 3
$$;
REVOKE ALL ON FUNCTION claims_with_keys(text[], text, int), queue_sizes(text[], int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claims_with_keys(text[], text, int), queue_sizes(text[], int) TO aljabr_app;

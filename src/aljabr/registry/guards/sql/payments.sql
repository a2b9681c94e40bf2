-- A payment is of the amount decided, stated by one officer, confirmed or rejected once by another; then it stays.
CREATE FUNCTION check_payment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.confirmed_by_id IS NULL AND OLD.rejected_because = '' AND viewer() <> 'user:' || OLD.stated_by_id
       AND to_jsonb(NEW) - 'confirmed_by_id' - 'confirmed_at' - 'rejected_because'
         = to_jsonb(OLD) - 'confirmed_by_id' - 'confirmed_at' - 'rejected_because' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a payment is confirmed or rejected once, by a second person' USING ERRCODE = 'AJ040';
  END IF;
  IF NEW.confirmed_by_id IS NOT NULL OR NEW.rejected_because <> '' THEN
    RAISE EXCEPTION 'a payment is confirmed or rejected once, by a second person' USING ERRCODE = 'AJ040';
  END IF;
  IF NEW.amount_minor IS DISTINCT FROM (
    SELECT d.amount_minor FROM decisions d JOIN motions m ON m.id = d.motion_id
    WHERE d.item_id = NEW.item_id AND d.live ORDER BY m.closed_at DESC NULLS LAST, d.id DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'a payment is of the amount decided' USING ERRCODE = 'AJ041';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_checked BEFORE INSERT OR UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION check_payment();
CREATE TRIGGER payments_kept BEFORE DELETE ON payments FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE payments FORCE ROW LEVEL SECURITY;
CREATE POLICY payments_seen ON payments USING (EXISTS (SELECT FROM claims c WHERE c.id = payments.claim_id));
GRANT SELECT, INSERT ON payments TO aljabr_app;
GRANT UPDATE (confirmed_by_id, confirmed_at, rejected_because) ON payments TO aljabr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO aljabr_app;

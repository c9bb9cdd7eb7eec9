-- What was recorded is never changed, and goes only when it is older than six months: for everybody, the owner too.
CREATE FUNCTION audit_log_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < clock_timestamp() - interval '6 months' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit_log keeps every row as it was written for six months' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_keeps BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_keeps();
--> statement-breakpoint
CREATE TRIGGER audit_log_keeps_all BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_keeps();
--> statement-breakpoint
-- The departments that are known already.
INSERT INTO department_tree
WITH RECURSIVE below AS (
  SELECT id AS ancestor_id, id AS descendant_id FROM departments
  UNION SELECT b.ancestor_id, d.id FROM below b JOIN departments d ON d.parent_id = b.descendant_id
)
SELECT ancestor_id, descendant_id FROM below ON CONFLICT DO NOTHING;

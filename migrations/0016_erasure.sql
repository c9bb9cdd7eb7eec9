CREATE TABLE "erased_customers" (
	"mark" text PRIMARY KEY NOT NULL,
	"request_id" uuid,
	"by" text DEFAULT '' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"rows" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "erasure_key" (
	"key" "bytea" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
INSERT INTO "erasure_key" ("key") VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
--> statement-breakpoint
-- Whoever was erased does not come back, whatever writes: the row is left out.
CREATE FUNCTION turn_erased_away() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM erased_customers) THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'customers' THEN who := NEW.id; ELSE who := NEW.customer_id; END IF;
  IF EXISTS (SELECT 1 FROM erased_customers e
    WHERE e.mark = encode(sha256((SELECT key FROM erasure_key LIMIT 1) || convert_to(who, 'UTF8')), 'hex')) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER customers_erased BEFORE INSERT ON "customers" FOR EACH ROW EXECUTE FUNCTION turn_erased_away();
--> statement-breakpoint
CREATE TRIGGER follows_erased BEFORE INSERT ON "follows" FOR EACH ROW EXECUTE FUNCTION turn_erased_away();

ALTER TABLE "customers" ADD COLUMN "read_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "customers_unread" ON "customers" USING btree ("id") WHERE read_at is null;
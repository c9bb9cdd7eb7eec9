CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"write" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"leased_until" timestamp with time zone,
	"cause" integer,
	"message" text,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("customer_id","user_id","id") WHERE state in ('waiting', 'failed');--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("id") WHERE state = 'waiting';
CREATE TABLE "transfers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transfers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"batch_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"from_user_id" text NOT NULL,
	"to_user_id" text NOT NULL,
	"by_user_id" text NOT NULL,
	"reason" text NOT NULL,
	"message" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"errcode" integer,
	"created_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_once" ON "transfers" USING btree ("batch_id","customer_id","from_user_id");--> statement-breakpoint
CREATE INDEX "transfers_under_way" ON "transfers" USING btree ("from_user_id","to_user_id") WHERE state in ('waiting', 'asked');--> statement-breakpoint
CREATE INDEX "transfers_newest" ON "transfers" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);
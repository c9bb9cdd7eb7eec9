CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"digest" text NOT NULL,
	"event" text NOT NULL,
	"change_type" text,
	"subject" text,
	"fields" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "inbox_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "sync_members" (
	"run_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"begun_at" timestamp with time zone,
	"cursor" text DEFAULT '' NOT NULL,
	"customers" integer DEFAULT 0 NOT NULL,
	"differences" integer DEFAULT 0 NOT NULL,
	"cause" integer,
	CONSTRAINT "sync_members_run_id_user_id_pk" PRIMARY KEY("run_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"customers" integer DEFAULT 0 NOT NULL,
	"differences" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "follows" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sync_members" ADD CONSTRAINT "sync_members_run_id_sync_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."sync_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("subject","id") WHERE applied_at is null;--> statement-breakpoint
CREATE INDEX "inbox_received_at_index" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "sync_runs_open" ON "sync_runs" USING btree ("kind") WHERE finished_at is null;
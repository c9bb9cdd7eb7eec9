CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"filters" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulk_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"undo_of" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"batch_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"place" integer NOT NULL,
	"add" text[] NOT NULL,
	"remove" text[] NOT NULL,
	"added" text[] DEFAULT '{}' NOT NULL,
	"removed" text[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"message" text,
	CONSTRAINT "bulk_rows_batch_id_customer_id_pk" PRIMARY KEY("batch_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "tag_rule_hits" (
	"rule_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"tag_id" text NOT NULL,
	"why" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "tag_rule_hits_customer_id_user_id_tag_id_pk" PRIMARY KEY("customer_id","user_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tag_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tag_id" text NOT NULL,
	"condition" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_batch_id_bulk_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."bulk_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_views_user_id_saved_at_index" ON "saved_views" USING btree ("user_id","saved_at");--> statement-breakpoint
CREATE INDEX "bulk_batches_user_id_created_at_index" ON "bulk_batches" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "bulk_rows_waiting" ON "bulk_rows" USING btree ("batch_id","place") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "tag_rule_hits_rule_id_index" ON "tag_rule_hits" USING btree ("rule_id");
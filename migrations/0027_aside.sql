CREATE TABLE "brief_dismissals" (
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "brief_dismissals_customer_id_user_id_pk" PRIMARY KEY("customer_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "draft_days" (
	"user_id" text NOT NULL,
	"day" date NOT NULL,
	"drafts" integer NOT NULL,
	CONSTRAINT "draft_days_user_id_day_pk" PRIMARY KEY("user_id","day")
);
--> statement-breakpoint
CREATE TABLE "next_actions" (
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	"dismissed_at" timestamp with time zone,
	"dismissed_fact" text,
	CONSTRAINT "next_actions_customer_id_user_id_kind_day_pk" PRIMARY KEY("customer_id","user_id","kind","day")
);
--> statement-breakpoint
CREATE TABLE "product_store_counts" (
	"store" text NOT NULL,
	"sku" text NOT NULL,
	"orders" integer NOT NULL,
	CONSTRAINT "product_store_counts_store_sku_pk" PRIMARY KEY("store","sku")
);
--> statement-breakpoint
CREATE TABLE "tag_hint_answers" (
	"customer_id" text NOT NULL,
	"tag_id" text NOT NULL,
	"user_id" text NOT NULL,
	"answer" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "tag_hint_answers_customer_id_tag_id_pk" PRIMARY KEY("customer_id","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tag_links" (
	"from_word" text NOT NULL,
	"tag_id" text NOT NULL,
	"together" integer NOT NULL,
	"one" integer NOT NULL,
	"other" integer NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "tag_links_from_word_tag_id_pk" PRIMARY KEY("from_word","tag_id")
);
--> statement-breakpoint
CREATE TABLE "tag_trials" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"customers" integer NOT NULL,
	"tags" jsonb NOT NULL,
	"orders" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "promised_from" text;--> statement-breakpoint
CREATE INDEX "next_actions_of_member" ON "next_actions" USING btree ("user_id","day");--> statement-breakpoint
CREATE INDEX "tag_hint_answers_recent" ON "tag_hint_answers" USING btree ("at");
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
CREATE INDEX "next_actions_of_member" ON "next_actions" USING btree ("user_id","day");
CREATE TABLE "rfm" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"recency" smallint,
	"frequency" smallint,
	"money" smallint,
	"segment" text,
	"connection_recency" smallint NOT NULL,
	"connection_frequency" smallint NOT NULL,
	"connection_depth" smallint NOT NULL,
	"connection" text NOT NULL,
	"act_days_ago" smallint NOT NULL,
	"act_days" smallint NOT NULL,
	"act_depth" smallint NOT NULL,
	"value" smallint NOT NULL,
	"influence" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rfm_history" (
	"customer_id" text NOT NULL,
	"day" date NOT NULL,
	"segment" text,
	"connection" text NOT NULL,
	CONSTRAINT "rfm_history_customer_id_day_pk" PRIMARY KEY("customer_id","day")
);
--> statement-breakpoint
CREATE INDEX "rfm_grid" ON "rfm" USING btree ("value","influence");
CREATE TABLE "quiet_hours" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"from_minute" integer,
	"until_minute" integer,
	"saved_at" timestamp with time zone NOT NULL
);

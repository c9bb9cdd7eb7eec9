CREATE TABLE "draft_days" (
	"user_id" text NOT NULL,
	"day" date NOT NULL,
	"drafts" integer NOT NULL,
	CONSTRAINT "draft_days_user_id_day_pk" PRIMARY KEY("user_id","day")
);

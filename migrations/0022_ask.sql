CREATE TABLE "ask_synonyms" (
	"position" integer PRIMARY KEY NOT NULL,
	"words" text[] NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);

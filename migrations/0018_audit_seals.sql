CREATE TABLE "audit_seals" (
	"to_id" bigint PRIMARY KEY NOT NULL,
	"from_id" bigint NOT NULL,
	"entries" integer NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL
);

CREATE TABLE "export_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"figure" text NOT NULL,
	"filters" jsonb NOT NULL,
	"format" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"downloads" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "export_files_of_member" ON "export_files" USING btree ("user_id","created_at");
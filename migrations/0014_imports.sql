CREATE TABLE "import_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"state" text DEFAULT 'uploading' NOT NULL,
	"layout" jsonb,
	"rows" bigint DEFAULT 0 NOT NULL,
	"share" real DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"would" jsonb,
	"matched" jsonb,
	"undone" jsonb,
	"message" text,
	"errors" text,
	"has_errors" boolean DEFAULT false NOT NULL,
	"order_import_id" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "import_layouts" (
	"headings" text PRIMARY KEY NOT NULL,
	"layout" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_parts" (
	"file_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "import_parts_file_id_part_pk" PRIMARY KEY("file_id","part")
);
--> statement-breakpoint
CREATE TABLE "buyer_hints" (
	"buyer_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "buyer_hints_buyer_id_kind_value_pk" PRIMARY KEY("buyer_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "buyer_matches" (
	"buyer_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"by" text NOT NULL,
	"confidence" real NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "buyer_matches_buyer_id_customer_id_pk" PRIMARY KEY("buyer_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "order_import_changes" (
	"import_id" bigint NOT NULL,
	"source" text NOT NULL,
	"order_number" text NOT NULL,
	"before" jsonb,
	CONSTRAINT "order_import_changes_import_id_order_number_pk" PRIMARY KEY("import_id","order_number")
);
--> statement-breakpoint
ALTER TABLE "order_imports" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_parts" ADD CONSTRAINT "import_parts_file_id_import_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."import_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buyer_hints" ADD CONSTRAINT "buyer_hints_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buyer_matches" ADD CONSTRAINT "buyer_matches_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_import_changes" ADD CONSTRAINT "order_import_changes_import_id_order_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."order_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_files_newest" ON "import_files" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "buyer_matches_of_customer" ON "buyer_matches" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "order_import_changes_of_order" ON "order_import_changes" USING btree ("source","order_number","import_id");
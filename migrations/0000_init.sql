CREATE TABLE "customers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"type" smallint NOT NULL,
	"gender" smallint DEFAULT 0 NOT NULL,
	"avatar" text DEFAULT '' NOT NULL,
	"union_id" text,
	"corp_name" text,
	"position" text,
	"buyer_id" bigint
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"salutation" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"company" text DEFAULT '' NOT NULL,
	"phones" text[] DEFAULT '{}' NOT NULL,
	"add_way" smallint DEFAULT 0 NOT NULL,
	"state" text,
	"added_at" timestamp with time zone NOT NULL,
	"tag_ids" text[] DEFAULT '{}' NOT NULL,
	"personal_tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "follows_customer_id_user_id_pk" PRIMARY KEY("customer_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "media_assets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"mime" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_uploads" (
	"asset_id" uuid PRIMARY KEY NOT NULL,
	"media_id" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" integer PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" integer,
	"leader_user_ids" text[] DEFAULT '{}' NOT NULL,
	"synced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"user_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" text DEFAULT '' NOT NULL,
	"main_department_id" integer,
	"department_ids" integer[] DEFAULT '{}' NOT NULL,
	"status" smallint DEFAULT 1 NOT NULL,
	"synced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "buyer_stats" (
	"buyer_id" bigint PRIMARY KEY NOT NULL,
	"currency" char(3) NOT NULL,
	"order_count" integer NOT NULL,
	"spend_fen" bigint NOT NULL,
	"refund_count" integer NOT NULL,
	"refund_fen" bigint NOT NULL,
	"first_ordered_at" timestamp with time zone NOT NULL,
	"last_ordered_at" timestamp with time zone NOT NULL,
	"months" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "buyers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "buyers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"member_number" text NOT NULL,
	"country" text,
	CONSTRAINT "buyers_source_memberNumber_unique" UNIQUE("source","member_number")
);
--> statement-breakpoint
CREATE TABLE "order_imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"file_name" text NOT NULL,
	"rows_done" bigint DEFAULT 0 NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "order_imports_fingerprint_unique" UNIQUE("fingerprint")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orders_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"buyer_id" bigint NOT NULL,
	"source" text NOT NULL,
	"order_number" text NOT NULL,
	"kind" text NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"currency" char(3) NOT NULL,
	"amount_fen" bigint NOT NULL,
	"discount_fen" bigint DEFAULT 0 NOT NULL,
	"store" text,
	"channel" text,
	"status" text,
	"logistics" text,
	"product_url" text,
	"items" jsonb NOT NULL,
	CONSTRAINT "orders_source_orderNumber_unique" UNIQUE("source","order_number")
);
--> statement-breakpoint
CREATE TABLE "replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_user_id" text,
	"folder_id" text,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"parts" jsonb NOT NULL,
	"pinyin" text NOT NULL,
	"initials" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_folders" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_uses" (
	"user_id" text NOT NULL,
	"reply_id" uuid NOT NULL,
	"uses" integer NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reply_uses_user_id_reply_id_pk" PRIMARY KEY("user_id","reply_id")
);
--> statement-breakpoint
CREATE TABLE "sends" (
	"key" uuid PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"reply_id" uuid,
	"part" integer NOT NULL,
	"part_type" text NOT NULL,
	"content" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"sent_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_states" (
	"state_hash" "bytea" PRIMARY KEY NOT NULL,
	"browser_hash" "bytea" NOT NULL,
	"return_path" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tag_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"tone" text NOT NULL,
	"single_choice" boolean DEFAULT false NOT NULL,
	"synced_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tag_marks" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tag_marks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"customer_id" text NOT NULL,
	"user_id" text NOT NULL,
	"tag_id" text NOT NULL,
	"action" text NOT NULL,
	"marked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tags" (
	"id" text PRIMARY KEY NOT NULL,
	"group_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"pinyin" text NOT NULL,
	"initials" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wecom_credentials" (
	"kind" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_uploads" ADD CONSTRAINT "media_uploads_asset_id_media_assets_id_fk" FOREIGN KEY ("asset_id") REFERENCES "public"."media_assets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buyer_stats" ADD CONSTRAINT "buyer_stats_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replies" ADD CONSTRAINT "replies_folder_id_reply_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."reply_folders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_uses" ADD CONSTRAINT "reply_uses_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."replies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_group_id_tag_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."tag_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_buyer_id_index" ON "customers" USING btree ("buyer_id");--> statement-breakpoint
CREATE INDEX "follows_user_id_index" ON "follows" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "members_main_department_id_index" ON "members" USING btree ("main_department_id");--> statement-breakpoint
CREATE INDEX "orders_newest" ON "orders" USING btree ("buyer_id","ordered_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "replies_of_owner" ON "replies" USING btree ("owner_user_id","position");--> statement-breakpoint
CREATE INDEX "reply_uses_top" ON "reply_uses" USING btree ("user_id","uses" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "reply_uses_reply_id_index" ON "reply_uses" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "sends_to_customer" ON "sends" USING btree ("customer_id","sent_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "tag_marks_recent" ON "tag_marks" USING btree ("user_id","marked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tags_group_id_index" ON "tags" USING btree ("group_id");
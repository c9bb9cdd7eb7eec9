CREATE TABLE "buyer_tastes" (
	"buyer_id" bigint PRIMARY KEY NOT NULL,
	"words" text[] NOT NULL,
	"rhythm_days" integer,
	"read_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "taste_denials" (
	"customer_id" text NOT NULL,
	"word" text NOT NULL,
	"user_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "taste_denials_customer_id_word_pk" PRIMARY KEY("customer_id","word")
);
--> statement-breakpoint
CREATE TABLE "product_counts" (
	"sku" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"orders" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_learning" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"last_order_id" bigint DEFAULT 0 NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"hold_out" jsonb,
	"tested_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "product_pairs" (
	"one" text NOT NULL,
	"other" text NOT NULL,
	"orders" integer NOT NULL,
	CONSTRAINT "product_pairs_one_other_pk" PRIMARY KEY("one","other")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"sku" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text,
	"picture" text,
	"price_fen" bigint,
	"in_stock" boolean NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bgnbd_fit" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"fit" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "category_gaps" (
	"category" text PRIMARY KEY NOT NULL,
	"gaps" integer NOT NULL,
	"median_days" real NOT NULL,
	"mad_days" real NOT NULL,
	"backtest" jsonb NOT NULL,
	"shown" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "buyer_tastes" ADD CONSTRAINT "buyer_tastes_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "buyer_tastes_words" ON "buyer_tastes" USING gin ("words");
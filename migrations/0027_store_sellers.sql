CREATE TABLE "product_store_counts" (
	"store" text NOT NULL,
	"sku" text NOT NULL,
	"orders" integer NOT NULL,
	CONSTRAINT "product_store_counts_store_sku_pk" PRIMARY KEY("store","sku")
);

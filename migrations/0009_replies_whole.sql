CREATE TABLE "reply_favourites" (
	"user_id" text NOT NULL,
	"reply_id" uuid NOT NULL,
	CONSTRAINT "reply_favourites_user_id_reply_id_pk" PRIMARY KEY("user_id","reply_id")
);
--> statement-breakpoint
ALTER TABLE "media_assets" ADD COLUMN "owner_user_id" text;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "visible_to" integer[];--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "valid_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "replies" ADD COLUMN "valid_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reply_favourites" ADD CONSTRAINT "reply_favourites_reply_id_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."replies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reply_favourites_reply_id_index" ON "reply_favourites" USING btree ("reply_id");--> statement-breakpoint
CREATE INDEX "sends_of_follow" ON "sends" USING btree ("customer_id","user_id","sent_at" DESC NULLS LAST);
CREATE TABLE "note_checks" (
	"note_id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL,
	"flags" jsonb NOT NULL,
	"flagged" boolean NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"sampled" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"tone" text NOT NULL,
	"words" text[] DEFAULT '{}' NOT NULL,
	"limit" integer DEFAULT 0 NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "note_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"note_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"reply_to" uuid,
	"body" text NOT NULL,
	"mentions" text[] DEFAULT '{}' NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "note_reads" (
	"note_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"version" integer NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "note_reads_note_id_user_id_pk" PRIMARY KEY("note_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "note_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"note_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"verdict" text NOT NULL,
	"scores" jsonb,
	"sampled" boolean DEFAULT false NOT NULL,
	"by_user_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "review_samples" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"drawn" uuid[] NOT NULL,
	"rest" uuid[] NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"passed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "note_checks" ADD CONSTRAINT "note_checks_note_id_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_comments" ADD CONSTRAINT "note_comments_note_id_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_reads" ADD CONSTRAINT "note_reads_note_id_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_reviews" ADD CONSTRAINT "note_reviews_note_id_notes_id_fk" FOREIGN KEY ("note_id") REFERENCES "public"."notes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "note_checks_of_member" ON "note_checks" USING btree ("user_id","created_at" DESC NULLS LAST,"note_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "note_checks_of_customer" ON "note_checks" USING btree ("customer_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "note_comments_of_note" ON "note_comments" USING btree ("note_id","at");--> statement-breakpoint
CREATE INDEX "note_reviews_of_note" ON "note_reviews" USING btree ("note_id","at" DESC NULLS LAST);--> statement-breakpoint
INSERT INTO "review_rules" ("id", "kind", "name", "tone", "words", "limit", "position") VALUES
  ('refund', 'words', '私下返现', 'bad', '{私下返,返现给,偷偷返,私下给*优惠,私下退,红包返,微信转给,支付宝转}', 0, 1),
  ('leaving', 'words', '离开企微', 'bad', '{个人微信,私人微信,加我微信,加*私微,我的手机号加,抖音私聊,小红书私信}', 0, 2),
  ('claims', 'words', '绝对化用语', 'bad', '{最便宜,全网最低,保证有效,百分百,包治,永不退色}', 0, 3),
  ('upset', 'words', '客户反感', 'bad', '{拉黑,别再发,别老发,不要再发,投诉,骚扰,太烦}', 0, 4),
  ('often', 'often', '联系太频繁', 'warn', '{}', 3, 5),
  ('short', 'short', '过短', 'warn', '{}', 6, 6),
  ('vague', 'vague', '时间不明', 'warn', '{改天,回头,有空,过几天,过段时间,到时候}', 0, 7),
  ('noNext', 'noNext', '无下一步', 'warn', '{}', 0, 8),
  ('edited', 'edited', '审后又改', 'warn', '{}', 0, 9);

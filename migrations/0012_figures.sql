CREATE TABLE "behavior_days" (
	"user_id" text NOT NULL,
	"day" date NOT NULL,
	"chats" integer NOT NULL,
	"messages" integer NOT NULL,
	"replied_percent" real,
	"reply_minutes" real,
	"lost" integer NOT NULL,
	"applied" integer NOT NULL,
	"gained" integer NOT NULL,
	"pulled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "behavior_days_user_id_day_pk" PRIMARY KEY("user_id","day")
);
--> statement-breakpoint
CREATE TABLE "figure_answers" (
	"user_id" text NOT NULL,
	"filters" text NOT NULL,
	"answer" jsonb NOT NULL,
	"took_ms" integer NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "figure_answers_user_id_filters_pk" PRIMARY KEY("user_id","filters")
);
--> statement-breakpoint
CREATE INDEX "sends_of_member" ON "sends" USING btree ("user_id","sent_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tasks_of_member" ON "tasks" USING btree ("user_id","due_at");
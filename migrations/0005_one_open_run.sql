DROP INDEX "sync_runs_open";--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_open" ON "sync_runs" USING btree ("kind") WHERE finished_at is null;
CREATE TABLE "waybill"."set_files" (
	"set_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "set_files_set_id_file_id_pk" PRIMARY KEY("set_id","file_id")
);
--> statement-breakpoint
CREATE TABLE "waybill"."set_run_files" (
	"set_run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "set_run_files_set_run_id_position_key_pk" PRIMARY KEY("set_run_id","position","key")
);
--> statement-breakpoint
CREATE TABLE "waybill"."set_run_steps" (
	"set_run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"run_id" uuid,
	"note" jsonb,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "set_run_steps_set_run_id_position_pk" PRIMARY KEY("set_run_id","position"),
	CONSTRAINT "set_run_steps_status_known" CHECK ("waybill"."set_run_steps"."status" in ('waiting', 'in_progress', 'completed', 'completed_with_errors', 'failed', 'cancelled', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."set_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"set_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"trigger" text NOT NULL,
	"started_by" text NOT NULL,
	"from_set_run_id" uuid,
	"parameters" jsonb NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"cancel_requested_by" text,
	"idempotency_key" text,
	"request_sha256" text,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "set_runs_status_known" CHECK ("waybill"."set_runs"."status" in ('in_progress', 'completed', 'completed_with_errors', 'failed', 'cancelled')),
	CONSTRAINT "set_runs_trigger_known" CHECK ("waybill"."set_runs"."trigger" in ('manual', 'rerun', 'resubmit', 'schedule', 'set'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."set_versions" (
	"set_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"yaml" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "set_versions_set_id_version_pk" PRIMARY KEY("set_id","version")
);
--> statement-breakpoint
CREATE TABLE "waybill"."sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"current_version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "sets_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "waybill"."set_files" ADD CONSTRAINT "set_files_set_id_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "waybill"."sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_files" ADD CONSTRAINT "set_files_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "waybill"."stored_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_run_files" ADD CONSTRAINT "set_run_files_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "waybill"."stored_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_run_files" ADD CONSTRAINT "set_run_files_step_fk" FOREIGN KEY ("set_run_id","position") REFERENCES "waybill"."set_run_steps"("set_run_id","position") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_run_steps" ADD CONSTRAINT "set_run_steps_set_run_id_set_runs_id_fk" FOREIGN KEY ("set_run_id") REFERENCES "waybill"."set_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_runs" ADD CONSTRAINT "set_runs_set_id_version_set_versions_set_id_version_fk" FOREIGN KEY ("set_id","version") REFERENCES "waybill"."set_versions"("set_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."set_versions" ADD CONSTRAINT "set_versions_set_id_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "waybill"."sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "set_files_of_file" ON "waybill"."set_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "set_run_files_of_file" ON "waybill"."set_run_files" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "set_run_steps_of_run" ON "waybill"."set_run_steps" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "set_runs_name_unique" ON "waybill"."set_runs" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "set_runs_idempotency_key_unique" ON "waybill"."set_runs" USING btree ("started_by","idempotency_key");--> statement-breakpoint
CREATE INDEX "set_runs_newest" ON "waybill"."set_runs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "set_runs_of_set" ON "waybill"."set_runs" USING btree ("set_id","created_at","id");--> statement-breakpoint
CREATE INDEX "set_runs_going" ON "waybill"."set_runs" USING btree ("id") WHERE "waybill"."set_runs"."status" = 'in_progress';--> statement-breakpoint
CREATE INDEX "set_runs_finished" ON "waybill"."set_runs" USING btree ("finished_at") WHERE "waybill"."set_runs"."finished_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "set_runs_resumed_once" ON "waybill"."set_runs" USING btree ("from_set_run_id") WHERE "waybill"."set_runs"."from_set_run_id" is not null;
CREATE TABLE "waybill"."occurrences" (
	"schedule_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"run_id" uuid,
	"set_run_id" uuid,
	"note" jsonb,
	"handled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "occurrences_schedule_id_at_pk" PRIMARY KEY("schedule_id","at"),
	CONSTRAINT "occurrences_state_known" CHECK ("waybill"."occurrences"."state" in ('started', 'waiting', 'not_started', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."schedule_files" (
	"schedule_id" uuid NOT NULL,
	"step" text NOT NULL,
	"key" text NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "schedule_files_schedule_id_step_key_pk" PRIMARY KEY("schedule_id","step","key")
);
--> statement-breakpoint
CREATE TABLE "waybill"."schedules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"integration_id" uuid,
	"set_id" uuid,
	"recurrence" jsonb NOT NULL,
	"parameters" jsonb NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"overlap" text NOT NULL,
	"missed" text NOT NULL,
	"missed_window_minutes" integer NOT NULL,
	"jitter_seconds" integer NOT NULL,
	"pause_after_failures" integer,
	"paused_at" timestamp with time zone,
	"paused_by" text,
	"pause_note" text,
	"next_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "schedules_overlap_known" CHECK ("waybill"."schedules"."overlap" in ('skip', 'queue', 'allow')),
	CONSTRAINT "schedules_missed_known" CHECK ("waybill"."schedules"."missed" in ('skip', 'once', 'all')),
	CONSTRAINT "schedules_of_one" CHECK (num_nonnulls("waybill"."schedules"."integration_id", "waybill"."schedules"."set_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "waybill"."occurrences" ADD CONSTRAINT "occurrences_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "waybill"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."schedule_files" ADD CONSTRAINT "schedule_files_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "waybill"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."schedule_files" ADD CONSTRAINT "schedule_files_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "waybill"."stored_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."schedules" ADD CONSTRAINT "schedules_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "waybill"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."schedules" ADD CONSTRAINT "schedules_set_id_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "waybill"."sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "occurrences_waiting" ON "waybill"."occurrences" USING btree ("schedule_id") WHERE "waybill"."occurrences"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "occurrences_by_time" ON "waybill"."occurrences" USING btree ("at","schedule_id");--> statement-breakpoint
CREATE INDEX "occurrences_handled" ON "waybill"."occurrences" USING btree ("handled_at");--> statement-breakpoint
CREATE INDEX "occurrences_of_run" ON "waybill"."occurrences" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "occurrences_of_set_run" ON "waybill"."occurrences" USING btree ("set_run_id");--> statement-breakpoint
CREATE INDEX "schedule_files_of_file" ON "waybill"."schedule_files" USING btree ("file_id");--> statement-breakpoint
CREATE UNIQUE INDEX "schedules_name_unique" ON "waybill"."schedules" USING btree ("name");--> statement-breakpoint
CREATE INDEX "schedules_due" ON "waybill"."schedules" USING btree ("due_at") WHERE "waybill"."schedules"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "schedules_of_integration" ON "waybill"."schedules" USING btree ("integration_id");--> statement-breakpoint
CREATE INDEX "schedules_of_set" ON "waybill"."schedules" USING btree ("set_id");
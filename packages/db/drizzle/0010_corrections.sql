CREATE TABLE "waybill"."bulk_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"filter" jsonb NOT NULL,
	"change" jsonb NOT NULL,
	"undo_of_id" uuid,
	"undone" boolean DEFAULT false NOT NULL,
	"position" jsonb,
	"matched_count" bigint DEFAULT 0 NOT NULL,
	"looked_at_count" bigint DEFAULT 0 NOT NULL,
	"changed_count" bigint DEFAULT 0 NOT NULL,
	"healed_count" bigint DEFAULT 0 NOT NULL,
	"failure" jsonb,
	CONSTRAINT "bulk_edits_kind_known" CHECK ("waybill"."bulk_edits"."kind" in ('change', 'undo')),
	CONSTRAINT "bulk_edits_status_known" CHECK ("waybill"."bulk_edits"."status" in ('in_progress', 'completed', 'stopped', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."record_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"record_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"action" text NOT NULL,
	"column_name" text,
	"from" text,
	"to" text,
	"reason" text,
	"bulk_edit_id" uuid,
	CONSTRAINT "record_changes_action_known" CHECK ("waybill"."record_changes"."action" in ('edited', 'dismissed', 'reopened', 'assigned'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."resubmitted_records" (
	"run_id" uuid NOT NULL,
	"record_number" bigint NOT NULL,
	"record_id" uuid NOT NULL,
	"issues" jsonb,
	"values" jsonb,
	"skipped" boolean DEFAULT false NOT NULL,
	CONSTRAINT "resubmitted_records_run_id_record_number_pk" PRIMARY KEY("run_id","record_number")
);
--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD COLUMN "corrected" jsonb;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD COLUMN "first_issues" jsonb;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD COLUMN "assignee" text;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD COLUMN "resubmit_run_id" uuid;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "open_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "bulk_edits_in_progress" ON "waybill"."bulk_edits" USING btree ("created_at") WHERE "waybill"."bulk_edits"."status" = 'in_progress';--> statement-breakpoint
CREATE INDEX "bulk_edits_newest" ON "waybill"."bulk_edits" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "record_changes_of_record" ON "waybill"."record_changes" USING btree ("record_id","id");--> statement-breakpoint
CREATE INDEX "record_changes_of_bulk_edit" ON "waybill"."record_changes" USING btree ("bulk_edit_id","id") WHERE "waybill"."record_changes"."bulk_edit_id" is not null;--> statement-breakpoint
CREATE INDEX "resubmitted_records_of_record" ON "waybill"."resubmitted_records" USING btree ("record_id");--> statement-breakpoint
UPDATE "waybill"."runs" "r" SET "open_count" = "c"."count" FROM (SELECT "run_id", count(*) AS "count" FROM "waybill"."rejected_records" GROUP BY "run_id") "c" WHERE "c"."run_id" = "r"."id";--> statement-breakpoint
CREATE INDEX "runs_with_open_records" ON "waybill"."runs" USING btree ("id","integration_id") WHERE "waybill"."runs"."open_count" > 0;--> statement-breakpoint
CREATE INDEX "runs_with_rejected_records" ON "waybill"."runs" USING btree ("id","integration_id") WHERE "waybill"."runs"."rejected_count" > 0;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD CONSTRAINT "rejected_records_state_known" CHECK ("waybill"."rejected_records"."state" in ('open', 'resubmitting', 'resolved', 'dismissed'));
CREATE SCHEMA IF NOT EXISTS "waybill";
--> statement-breakpoint
CREATE TABLE "waybill"."credentials" (
	"sha256" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "waybill"."integration_versions" (
	"integration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"yaml" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "integration_versions_integration_id_version_pk" PRIMARY KEY("integration_id","version")
);
--> statement-breakpoint
CREATE TABLE "waybill"."integrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"direction" text NOT NULL,
	"current_version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "integrations_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "waybill"."pgp_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"user_id" text NOT NULL,
	"algorithm" text NOT NULL,
	"origin" text NOT NULL,
	"public_key" text NOT NULL,
	"sealed_private_key" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pgp_keys_fingerprint_unique" UNIQUE("fingerprint")
);
--> statement-breakpoint
CREATE TABLE "waybill"."rejected_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"record_number" bigint NOT NULL,
	"line" bigint NOT NULL,
	"values" jsonb NOT NULL,
	"issues" jsonb NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waybill"."run_attachments" (
	"run_id" uuid NOT NULL,
	"key" text NOT NULL,
	"file_id" uuid NOT NULL,
	CONSTRAINT "run_attachments_run_id_key_pk" PRIMARY KEY("run_id","key")
);
--> statement-breakpoint
CREATE TABLE "waybill"."run_issue_counts" (
	"run_id" uuid NOT NULL,
	"code" text NOT NULL,
	"field" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "run_issue_counts_run_id_code_field_pk" PRIMARY KEY("run_id","code","field")
);
--> statement-breakpoint
CREATE TABLE "waybill"."run_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"level" text NOT NULL,
	"event" text NOT NULL,
	"message" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waybill"."run_seen_values" (
	"run_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"value" text NOT NULL,
	"record_number" bigint NOT NULL,
	CONSTRAINT "run_seen_values_run_id_rule_value_pk" PRIMARY KEY("run_id","rule","value")
);
--> statement-breakpoint
CREATE TABLE "waybill"."runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"integration_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"phase" text,
	"test" boolean NOT NULL,
	"trigger" text NOT NULL,
	"started_by" text NOT NULL,
	"from_run_id" uuid,
	"source_file_id" uuid,
	"parameters" jsonb NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"layers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"signature" jsonb,
	"source_columns" jsonb,
	"source_bytes" bigint,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"phases" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure" jsonb,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"inserted_count" bigint DEFAULT 0 NOT NULL,
	"updated_count" bigint DEFAULT 0 NOT NULL,
	"unchanged_count" bigint DEFAULT 0 NOT NULL,
	"skipped_count" bigint DEFAULT 0 NOT NULL,
	"rejected_count" bigint DEFAULT 0 NOT NULL,
	"loaded_bytes" bigint DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"cancel_requested_by" text,
	"idempotency_key" text,
	"request_sha256" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "waybill"."stored_file_chunks" (
	"file_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "stored_file_chunks_file_id_index_pk" PRIMARY KEY("file_id","index")
);
--> statement-breakpoint
CREATE TABLE "waybill"."stored_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waybill"."integration_versions" ADD CONSTRAINT "integration_versions_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "waybill"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."rejected_records" ADD CONSTRAINT "rejected_records_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "waybill"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."run_attachments" ADD CONSTRAINT "run_attachments_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "waybill"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."run_attachments" ADD CONSTRAINT "run_attachments_file_id_stored_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "waybill"."stored_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."run_issue_counts" ADD CONSTRAINT "run_issue_counts_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "waybill"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."run_log" ADD CONSTRAINT "run_log_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "waybill"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD CONSTRAINT "runs_source_file_id_stored_files_id_fk" FOREIGN KEY ("source_file_id") REFERENCES "waybill"."stored_files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD CONSTRAINT "runs_integration_id_version_integration_versions_integration_id_version_fk" FOREIGN KEY ("integration_id","version") REFERENCES "waybill"."integration_versions"("integration_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "rejected_records_of_run" ON "waybill"."rejected_records" USING btree ("run_id","record_number");--> statement-breakpoint
CREATE INDEX "run_log_of_run" ON "waybill"."run_log" USING btree ("run_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_name_unique" ON "waybill"."runs" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_idempotency_key_unique" ON "waybill"."runs" USING btree ("started_by","idempotency_key");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "waybill"."runs" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_of_integration" ON "waybill"."runs" USING btree ("integration_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "waybill"."runs" USING btree ("status","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_of_file" ON "waybill"."runs" USING btree ("source_file_id");--> statement-breakpoint
CREATE INDEX "runs_from_run" ON "waybill"."runs" USING btree ("from_run_id") WHERE "waybill"."runs"."from_run_id" is not null;
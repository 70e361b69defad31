DROP INDEX "waybill"."runs_newest";--> statement-breakpoint
DROP INDEX "waybill"."runs_of_integration";--> statement-breakpoint
DROP INDEX "waybill"."runs_by_status";--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "rejected_purged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "log_purged_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "run_attachments_of_file" ON "waybill"."run_attachments" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "runs_of_integration_by_status" ON "waybill"."runs" USING btree ("integration_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_with_rejected" ON "waybill"."runs" USING btree ("finished_at") WHERE "waybill"."runs"."finished_at" is not null and "waybill"."runs"."rejected_purged_at" is null;--> statement-breakpoint
CREATE INDEX "runs_with_log" ON "waybill"."runs" USING btree ("finished_at") WHERE "waybill"."runs"."finished_at" is not null and "waybill"."runs"."log_purged_at" is null;--> statement-breakpoint
CREATE INDEX "stored_files_oldest" ON "waybill"."stored_files" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "stored_files_same_bytes" ON "waybill"."stored_files" USING btree ("sha256","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_newest" ON "waybill"."runs" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "runs_of_integration" ON "waybill"."runs" USING btree ("integration_id","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "waybill"."runs" USING btree ("status","created_at","id");
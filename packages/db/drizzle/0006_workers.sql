CREATE TABLE "waybill"."workers" (
	"id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"role" text NOT NULL,
	"version" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "job_id" uuid;--> statement-breakpoint
CREATE INDEX "runs_held" ON "waybill"."runs" USING btree ("held_by") WHERE "waybill"."runs"."held_by" is not null;--> statement-breakpoint
CREATE INDEX "runs_finished" ON "waybill"."runs" USING btree ("finished_at") WHERE "waybill"."runs"."finished_at" is not null;
ALTER TABLE "waybill"."runs" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "deaths" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "waybill"."runs" ADD COLUMN "world_faults" integer DEFAULT 0 NOT NULL;
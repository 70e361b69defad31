CREATE TABLE "waybill"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" uuid NOT NULL,
	"event" text NOT NULL,
	"subject" text NOT NULL,
	"message" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"last_tried_at" timestamp with time zone,
	"last_error" text,
	"response_status" integer,
	"response_body" text,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "deliveries_event_known" CHECK ("waybill"."deliveries"."event" in ('failed', 'completed_with_errors', 'recovered', 'not_started', 'slow')),
	CONSTRAINT "deliveries_state_known" CHECK ("waybill"."deliveries"."state" in ('pending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "waybill"."notification_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"integration_id" uuid,
	"set_id" uuid,
	"schedule_id" uuid,
	"events" text[] NOT NULL,
	"not_started_minutes" integer NOT NULL,
	"slow_times" real NOT NULL,
	"channel" text NOT NULL,
	"url" text,
	"sealed_secret" "bytea",
	"addresses" text[] NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"paused_at" timestamp with time zone,
	"paused_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_rules_events_known" CHECK ("waybill"."notification_rules"."events" <@ array['failed', 'completed_with_errors', 'recovered', 'not_started', 'slow']::text[] and cardinality("waybill"."notification_rules"."events") > 0),
	CONSTRAINT "notification_rules_channel_known" CHECK ("waybill"."notification_rules"."channel" in ('webhook', 'email')),
	CONSTRAINT "notification_rules_of_one" CHECK (num_nonnulls("waybill"."notification_rules"."integration_id", "waybill"."notification_rules"."set_id", "waybill"."notification_rules"."schedule_id") <= 1),
	CONSTRAINT "notification_rules_reach_somebody" CHECK (case "waybill"."notification_rules"."channel" when 'webhook' then num_nonnulls("waybill"."notification_rules"."url", "waybill"."notification_rules"."sealed_secret") = 2
        else cardinality("waybill"."notification_rules"."addresses") > 0 end)
);
--> statement-breakpoint
CREATE TABLE "waybill"."notification_sweeps" (
	"id" integer PRIMARY KEY NOT NULL,
	"swept_until" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_sweeps_one" CHECK ("waybill"."notification_sweeps"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "waybill"."deliveries" ADD CONSTRAINT "deliveries_rule_id_notification_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "waybill"."notification_rules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."notification_rules" ADD CONSTRAINT "notification_rules_integration_id_integrations_id_fk" FOREIGN KEY ("integration_id") REFERENCES "waybill"."integrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."notification_rules" ADD CONSTRAINT "notification_rules_set_id_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "waybill"."sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waybill"."notification_rules" ADD CONSTRAINT "notification_rules_schedule_id_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "waybill"."schedules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "waybill"."deliveries" USING btree ("rule_id","event","subject");--> statement-breakpoint
CREATE INDEX "deliveries_newest" ON "waybill"."deliveries" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_of_rule" ON "waybill"."deliveries" USING btree ("rule_id","created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "waybill"."deliveries" USING btree ("next_try_at") WHERE "waybill"."deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_finished" ON "waybill"."deliveries" USING btree ("finished_at") WHERE "waybill"."deliveries"."finished_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_rules_name_unique" ON "waybill"."notification_rules" USING btree ("name");--> statement-breakpoint
CREATE INDEX "notification_rules_watching" ON "waybill"."notification_rules" USING btree ("since") WHERE "waybill"."notification_rules"."paused_at" is null;--> statement-breakpoint
CREATE INDEX "notification_rules_of_schedule" ON "waybill"."notification_rules" USING btree ("schedule_id");
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, real, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { deliveryStates, notificationChannels, notificationEvents } from "../words.ts";
import { integrations } from "./integrations.ts";
import { schedules } from "./schedules.ts";
import { sets } from "./sets.ts";
import { bytea, oneOf, someOf, waybill } from "./waybill.ts";

/** Who is told of what: of one integration, one set or one schedule, or of everything. */
export const notificationRules = waybill.table(
  "notification_rules",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    integrationId: uuid("integration_id").references(() => integrations.id),
    setId: uuid("set_id").references(() => sets.id),
    scheduleId: uuid("schedule_id").references(() => schedules.id, { onDelete: "cascade" }),
    events: text().array().notNull(),
    notStartedMinutes: integer("not_started_minutes").notNull(),
    slowTimes: real("slow_times").notNull(),
    channel: text().notNull(),
    url: text(),
    /** What webhooks are signed with, sealed with the master key. */
    sealedSecret: bytea("sealed_secret"),
    addresses: text().array().notNull(),
    /** What happened before does not concern the rule. */
    since: timestamp({ withTimezone: true }).notNull(),
    pausedAt: timestamp("paused_at", { withTimezone: true }),
    pausedBy: text("paused_by"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    someOf("notification_rules_events_known", table.events, notificationEvents),
    oneOf("notification_rules_channel_known", table.channel, notificationChannels),
    check(
      "notification_rules_of_one",
      sql`num_nonnulls(${table.integrationId}, ${table.setId}, ${table.scheduleId}) <= 1`,
    ),
    check(
      "notification_rules_reach_somebody",
      sql`case ${table.channel} when 'webhook' then num_nonnulls(${table.url}, ${table.sealedSecret}) = 2
        else cardinality(${table.addresses}) > 0 end`,
    ),
    uniqueIndex("notification_rules_name_unique").on(table.name),
    index("notification_rules_watching").on(table.since).where(sql`${table.pausedAt} is null`),
    index("notification_rules_of_schedule").on(table.scheduleId),
  ],
);

/** What was to be told and what became of it; there is one row for each event that a rule is about, whoever finds it. */
export const deliveries = waybill.table(
  "deliveries",
  {
    id: uuid().primaryKey(),
    ruleId: uuid("rule_id")
      .notNull()
      .references(() => notificationRules.id, { onDelete: "cascade" }),
    event: text().notNull(),
    /** The id of a run or a set run, or that of a schedule with the time of its occurrence. */
    subject: text().notNull(),
    /** What is sent, as JSON; it stays the same however often it is tried. */
    message: jsonb().notNull(),
    state: text().notNull(),
    attempts: integer().notNull().default(0),
    /** How many of the attempts were made since somebody last asked for it to be sent. */
    tries: integer().notNull().default(0),
    nextTryAt: timestamp("next_try_at", { withTimezone: true }),
    /** Until then a worker is sending it, and no other one does. */
    leasedUntil: timestamp("leased_until", { withTimezone: true }),
    lastTriedAt: timestamp("last_tried_at", { withTimezone: true }),
    lastError: text("last_error"),
    responseStatus: integer("response_status"),
    responseBody: text("response_body"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [
    oneOf("deliveries_event_known", table.event, notificationEvents),
    oneOf("deliveries_state_known", table.state, deliveryStates),
    uniqueIndex("deliveries_once").on(table.ruleId, table.event, table.subject),
    index("deliveries_newest").on(table.createdAt, table.id),
    index("deliveries_of_rule").on(table.ruleId, table.createdAt, table.id),
    index("deliveries_due").on(table.nextTryAt).where(sql`${table.state} = 'pending'`),
    index("deliveries_finished").on(table.finishedAt).where(sql`${table.finishedAt} is not null`),
  ],
);

/** Up to when events were looked for; one row at most. */
export const notificationSweeps = waybill.table(
  "notification_sweeps",
  {
    id: integer().primaryKey(),
    sweptUntil: timestamp("swept_until", { withTimezone: true }).notNull(),
  },
  (table) => [check("notification_sweeps_one", sql`${table.id} = 1`)],
);

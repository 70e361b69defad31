import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { missedPolicies, occurrenceStates, overlapPolicies } from "../words.ts";
import { integrations } from "./integrations.ts";
import { sets } from "./sets.ts";
import { storedFiles } from "./stored-files.ts";
import { oneOf, waybill } from "./waybill.ts";

/** When an integration or a set runs by itself. */
export const schedules = waybill.table(
  "schedules",
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    integrationId: uuid("integration_id").references(() => integrations.id),
    setId: uuid("set_id").references(() => sets.id),
    recurrence: jsonb().notNull(),
    /** As they were given, since a timeframe is resolved at each occurrence; secrets stand sealed in `secrets`. */
    parameters: jsonb().notNull(),
    secrets: jsonb().notNull().default({}),
    overlap: text().notNull(),
    missed: text().notNull(),
    missedWindowMinutes: integer("missed_window_minutes").notNull(),
    jitterSeconds: integer("jitter_seconds").notNull(),
    pauseAfterFailures: integer("pause_after_failures"),
    pausedAt: timestamp("paused_at", { withTimezone: true }),
    pausedBy: text("paused_by"),
    pauseNote: text("pause_note"),
    /** Since when failures in a row are counted: somebody has resumed or saved it then. */
    failuresSince: timestamp("failures_since", { withTimezone: true }),
    /** The next occurrence, and when it is started, which jitter may put later; null once there is none. */
    nextAt: timestamp("next_at", { withTimezone: true }),
    dueAt: timestamp("due_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    oneOf("schedules_overlap_known", table.overlap, overlapPolicies),
    oneOf("schedules_missed_known", table.missed, missedPolicies),
    check("schedules_of_one", sql`num_nonnulls(${table.integrationId}, ${table.setId}) = 1`),
    uniqueIndex("schedules_name_unique").on(table.name),
    index("schedules_due").on(table.dueAt).where(sql`${table.dueAt} is not null`),
    index("schedules_of_integration").on(table.integrationId),
    index("schedules_of_set").on(table.setId),
  ],
);

/** The files that the runs of a schedule read: of a set by the keys of its steps; the one without a key is a source file. */
export const scheduleFiles = waybill.table(
  "schedule_files",
  {
    scheduleId: uuid("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    step: text().notNull(),
    key: text().notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => storedFiles.id),
  },
  (table) => [
    primaryKey({ columns: [table.scheduleId, table.step, table.key] }),
    index("schedule_files_of_file").on(table.fileId),
  ],
);

/** What became of each occurrence of a schedule that was due; there is one row for each, whoever comes to it. */
export const occurrences = waybill.table(
  "occurrences",
  {
    scheduleId: uuid("schedule_id")
      .notNull()
      .references(() => schedules.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true }).notNull(),
    state: text().notNull(),
    /** The run, or the set run, that it started. */
    runId: uuid("run_id"),
    setRunId: uuid("set_run_id"),
    /** Why it did not start. */
    note: jsonb(),
    handledAt: timestamp("handled_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scheduleId, table.at] }),
    oneOf("occurrences_state_known", table.state, occurrenceStates),
    index("occurrences_waiting").on(table.scheduleId).where(sql`${table.state} = 'waiting'`),
    index("occurrences_by_time").on(table.at, table.scheduleId),
    index("occurrences_handled").on(table.handledAt),
    index("occurrences_of_run").on(table.runId),
    index("occurrences_of_set_run").on(table.setRunId),
  ],
);

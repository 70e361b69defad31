import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { runTriggers, setRunStatuses, stepStatuses } from "../words.ts";
import { storedFiles } from "./stored-files.ts";
import { oneOf, waybill } from "./waybill.ts";

export const sets = waybill.table("sets", {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull(),
  currentVersion: integer("current_version").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});

/** A version never changes once written; a set run pins one. */
export const setVersions = waybill.table(
  "set_versions",
  {
    setId: uuid("set_id")
      .notNull()
      .references(() => sets.id),
    version: integer().notNull(),
    definition: jsonb().notNull(),
    yaml: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.setId, table.version] })],
);

/** The stored files that the current version of a set names, which are kept for as long. */
export const setFiles = waybill.table(
  "set_files",
  {
    setId: uuid("set_id")
      .notNull()
      .references(() => sets.id),
    fileId: uuid("file_id")
      .notNull()
      .references(() => storedFiles.id),
  },
  (table) => [primaryKey({ columns: [table.setId, table.fileId] }), index("set_files_of_file").on(table.fileId)],
);

export const setRuns = waybill.table(
  "set_runs",
  {
    id: uuid().primaryKey(),
    setId: uuid("set_id").notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    trigger: text().notNull(),
    startedBy: text("started_by").notNull(),
    /** The set run that this one resumes. */
    fromSetRunId: uuid("from_set_run_id"),
    /** Resolved values; the value of a secret stands sealed in `secrets`. */
    parameters: jsonb().notNull(),
    secrets: jsonb().notNull().default({}),
    cancelRequestedBy: text("cancel_requested_by"),
    idempotencyKey: text("idempotency_key"),
    requestSha256: text("request_sha256"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [
    oneOf("set_runs_status_known", table.status, setRunStatuses),
    oneOf("set_runs_trigger_known", table.trigger, runTriggers),
    foreignKey({
      columns: [table.setId, table.version],
      foreignColumns: [setVersions.setId, setVersions.version],
    }),
    uniqueIndex("set_runs_name_unique").on(table.name),
    uniqueIndex("set_runs_idempotency_key_unique").on(table.startedBy, table.idempotencyKey),
    index("set_runs_newest").on(table.createdAt, table.id),
    index("set_runs_of_set").on(table.setId, table.createdAt, table.id),
    index("set_runs_going").on(table.id).where(sql`${table.status} = 'in_progress'`),
    index("set_runs_finished").on(table.finishedAt).where(sql`${table.finishedAt} is not null`),
    // Two people who resume one set run at once would run its steps twice.
    uniqueIndex("set_runs_resumed_once").on(table.fromSetRunId).where(sql`${table.fromSetRunId} is not null`),
  ],
);

/** The steps of a set run in their order. One that was done in the set run that is resumed names the run that did it. */
export const setRunSteps = waybill.table(
  "set_run_steps",
  {
    setRunId: uuid("set_run_id")
      .notNull()
      .references(() => setRuns.id, { onDelete: "cascade" }),
    /** From 1. */
    position: integer().notNull(),
    status: text().notNull(),
    /** Stays when the run is purged before the set run. */
    runId: uuid("run_id"),
    /** Why it was skipped, or could not start; or from where it was taken over. */
    note: jsonb(),
    startedAt: timestamp("started_at", { withTimezone: true }),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.setRunId, table.position] }),
    oneOf("set_run_steps_status_known", table.status, stepStatuses),
    index("set_run_steps_of_run").on(table.runId),
  ],
);

/** The files that a step of a set run reads; the one without a key is its source file. */
export const setRunFiles = waybill.table(
  "set_run_files",
  {
    setRunId: uuid("set_run_id").notNull(),
    position: integer().notNull(),
    key: text().notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => storedFiles.id),
  },
  (table) => [
    primaryKey({ columns: [table.setRunId, table.position, table.key] }),
    foreignKey({
      name: "set_run_files_step_fk",
      columns: [table.setRunId, table.position],
      foreignColumns: [setRunSteps.setRunId, setRunSteps.position],
    }).onDelete("cascade"),
    index("set_run_files_of_file").on(table.fileId),
  ],
);

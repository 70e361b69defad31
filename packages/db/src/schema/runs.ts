import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { runPhases, runStatuses, runTriggers } from "../words.ts";
import { integrationVersions } from "./integrations.ts";
import { storedFiles } from "./stored-files.ts";
import { count, oneOf, waybill } from "./waybill.ts";

export const runs = waybill.table(
  "runs",
  {
    id: uuid().primaryKey(),
    integrationId: uuid("integration_id").notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    status: text().notNull(),
    phase: text(),
    test: boolean().notNull(),
    trigger: text().notNull(),
    startedBy: text("started_by").notNull(),
    fromRunId: uuid("from_run_id"),
    sourceFileId: uuid("source_file_id").references(() => storedFiles.id),
    /** Resolved values; the value of a secret stands sealed in `secrets`. */
    parameters: jsonb().notNull(),
    secrets: jsonb().notNull().default({}),
    layers: jsonb().notNull().default([]),
    signature: jsonb(),
    sourceColumns: jsonb("source_columns"),
    sourceBytes: bigint("source_bytes", { mode: "number" }),
    warnings: jsonb().notNull().default([]),
    notes: jsonb().notNull().default([]),
    phases: jsonb().notNull().default([]),
    failure: jsonb(),
    readCount: count("read_count"),
    insertedCount: count("inserted_count"),
    updatedCount: count("updated_count"),
    unchangedCount: count("unchanged_count"),
    skippedCount: count("skipped_count"),
    rejectedCount: count("rejected_count"),
    /** How many of its rejected records are open. */
    openCount: count("open_count"),
    loadedBytes: count("loaded_bytes"),
    /** Whether what was accepted stands in the destination. */
    kept: boolean().notNull().default(false),
    /** The fence: only a batch that proves this attempt may write. */
    attempt: integer().notNull().default(0),
    /** The worker that holds the run. One that dies leaves its name here for the next attempt to find. */
    heldBy: text("held_by"),
    /** The job of the queue that carries the run now; any other that names it is stale. */
    jobId: uuid("job_id"),
    /** How many workers were lost on it, and how often in a row, without getting further, the world failed it. */
    deaths: integer().notNull().default(0),
    worldFaults: integer("world_faults").notNull().default(0),
    cancelRequestedBy: text("cancel_requested_by"),
    idempotencyKey: text("idempotency_key"),
    /** Keyed with the master key, since a request holds secrets. */
    requestSha256: text("request_sha256"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    startedAt: timestamp("started_at", { withTimezone: true }),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    /** When the run's details were purged, though the run itself is kept; set also where there was nothing to purge. */
    rejectedPurgedAt: timestamp("rejected_purged_at", { withTimezone: true }),
    logPurgedAt: timestamp("log_purged_at", { withTimezone: true }),
  },
  (table) => [
    oneOf("runs_status_known", table.status, runStatuses),
    oneOf("runs_phase_known", table.phase, runPhases),
    oneOf("runs_trigger_known", table.trigger, runTriggers),
    foreignKey({
      columns: [table.integrationId, table.version],
      foreignColumns: [integrationVersions.integrationId, integrationVersions.version],
    }),
    uniqueIndex("runs_name_unique").on(table.name),
    uniqueIndex("runs_idempotency_key_unique").on(table.startedBy, table.idempotencyKey),
    // Read backwards for the newest first: an index that descends itself puts nulls where no query asks for them.
    index("runs_newest").on(table.createdAt, table.id),
    index("runs_of_integration").on(table.integrationId, table.createdAt, table.id),
    index("runs_by_status").on(table.status, table.createdAt, table.id),
    index("runs_of_integration_by_status").on(table.integrationId, table.status, table.createdAt, table.id),
    index("runs_of_file").on(table.sourceFileId),
    index("runs_held").on(table.heldBy).where(sql`${table.heldBy} is not null`),
    index("runs_finished").on(table.finishedAt).where(sql`${table.finishedAt} is not null`),
    index("runs_with_rejected")
      .on(table.finishedAt)
      .where(sql`${table.finishedAt} is not null and ${table.rejectedPurgedAt} is null`),
    index("runs_with_log")
      .on(table.finishedAt)
      .where(sql`${table.finishedAt} is not null and ${table.logPurgedAt} is null`),
    index("runs_with_open_records").on(table.id, table.integrationId).where(sql`${table.openCount} > 0`),
    index("runs_with_rejected_records").on(table.id, table.integrationId).where(sql`${table.rejectedCount} > 0`),
    index("runs_from_run").on(table.fromRunId).where(sql`${table.fromRunId} is not null`),
  ],
);

export const runAttachments = waybill.table(
  "run_attachments",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    key: text().notNull(),
    fileId: uuid("file_id")
      .notNull()
      .references(() => storedFiles.id),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] }), index("run_attachments_of_file").on(table.fileId)],
);

export const runLog = waybill.table(
  "run_log",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true }).notNull(),
    level: text().notNull(),
    event: text().notNull(),
    message: text().notNull(),
  },
  (table) => [index("run_log_of_run").on(table.runId, table.id)],
);

/** How often each code occurred in each field of a run; an empty field is the record as a whole. */
export const runIssueCounts = waybill.table(
  "run_issue_counts",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    code: text().notNull(),
    field: text().notNull(),
    count: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.code, table.field] })],
);

/** What a run has seen in its `unique` fields. Emptied when the run ends, by the purge where it was cancelled. */
export const runSeenValues = waybill.table(
  "run_seen_values",
  {
    runId: uuid("run_id").notNull(),
    rule: text().notNull(),
    value: text().notNull(),
    recordNumber: bigint("record_number", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.rule, table.value] })],
);

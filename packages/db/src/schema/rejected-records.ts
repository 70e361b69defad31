import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bulkEditKinds, bulkEditStatuses, recordActions, recordStates } from "../words.ts";
import { runs } from "./runs.ts";
import { count, oneOf, waybill } from "./waybill.ts";

/**
 * Half of each page is left free, and no index knows the state, so that a new version of a record finds its place beside
 * the old one: to change a hundred thousand of them takes a third of the time. Which runs have open records the runs know.
 */
export const rejectedRecords = waybill.table(
  "rejected_records",
  {
    id: uuid().primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    recordNumber: bigint("record_number", { mode: "number" }).notNull(),
    line: bigint({ mode: "number" }).notNull(),
    /** As it stood in the source. */
    values: jsonb().notNull(),
    /** As people left it, in the same columns; null while nobody has edited it. */
    corrected: jsonb(),
    /** What is wrong with it now. */
    issues: jsonb().notNull(),
    /** Why its run turned it away, once something else is wrong with it, or nothing; null before. */
    firstIssues: jsonb("first_issues"),
    state: text().notNull(),
    assignee: text(),
    /** Counts up with each change of its values or its state, so that nobody overwrites what they have not seen. */
    revision: integer().notNull().default(0),
    /** The resubmission that has it, or that resolved it. */
    resubmitRunId: uuid("resubmit_run_id"),
  },
  (table) => [
    oneOf("rejected_records_state_known", table.state, recordStates),
    uniqueIndex("rejected_records_of_run").on(table.runId, table.recordNumber),
  ],
);

/**
 * The records that a resubmission sends: where each stands in its source, and how it was turned away where it was. No
 * foreign keys, here and below: to check each of a hundred thousand rows takes longer than to write it. The purge takes
 * them with their records.
 */
export const resubmittedRecords = waybill.table(
  "resubmitted_records",
  {
    runId: uuid("run_id").notNull(),
    recordNumber: bigint("record_number", { mode: "number" }).notNull(),
    recordId: uuid("record_id").notNull(),
    /** Why the run rejected it, and what it then was; null where it did not, or has not come to it. */
    issues: jsonb(),
    values: jsonb(),
    /** Whether the run passed it over. */
    skipped: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.recordNumber] }),
    index("resubmitted_records_of_record").on(table.recordId),
  ],
);

/** What people did to rejected records. Nothing is ever changed here. */
export const recordChanges = waybill.table(
  "record_changes",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    recordId: uuid("record_id").notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    by: text().notNull(),
    action: text().notNull(),
    /** Which column was edited; null for what is done to the whole record. */
    columnName: text("column_name"),
    /** What stood there, or who had it. */
    from: text(),
    to: text(),
    reason: text(),
    bulkEditId: uuid("bulk_edit_id"),
  },
  (table) => [
    oneOf("record_changes_action_known", table.action, recordActions),
    index("record_changes_of_record").on(table.recordId, table.id),
    index("record_changes_of_bulk_edit").on(table.bulkEditId, table.id).where(sql`${table.bulkEditId} is not null`),
  ],
);

/** A change to all records of a filter, worked off by the workers a part at a time. */
export const bulkEdits = waybill.table(
  "bulk_edits",
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    status: text().notNull(),
    by: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    filter: jsonb().notNull(),
    change: jsonb().notNull(),
    /** The bulk edit that this one takes back. */
    undoOfId: uuid("undo_of_id"),
    /** Whether another one has taken it back, or is about to. */
    undone: boolean().notNull().default(false),
    /** Where it goes on. */
    position: jsonb(),
    matchedCount: count("matched_count"),
    lookedAtCount: count("looked_at_count"),
    changedCount: count("changed_count"),
    healedCount: count("healed_count"),
    failure: jsonb(),
  },
  (table) => [
    oneOf("bulk_edits_kind_known", table.kind, bulkEditKinds),
    oneOf("bulk_edits_status_known", table.status, bulkEditStatuses),
    index("bulk_edits_in_progress").on(table.createdAt).where(sql`${table.status} = 'in_progress'`),
    index("bulk_edits_newest").on(table.createdAt, table.id),
  ],
);

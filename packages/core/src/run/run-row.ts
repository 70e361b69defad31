import { nameOfActor } from "../access/sign-in.ts";
import type { RunCounts, RunListItem, RunNote } from "./run-summary.ts";
import type { RunPhase, RunStatus, RunTrigger } from "./status.ts";

/** The columns of a run that a row of the list needs. */
export const runListColumns = `
  r.id, r.name, r.status, r.phase, r.test, i.key as integration, i.name as integration_name, r.version, r.trigger,
  r.started_by, r.kept, r.failure, r.created_at, r.started_at, r.finished_at,
  r.read_count::float8 as read, r.inserted_count::float8 as inserted, r.updated_count::float8 as updated,
  r.unchanged_count::float8 as unchanged, r.skipped_count::float8 as skipped, r.rejected_count::float8 as rejected,
  r.loaded_bytes::float8 as loaded_bytes, r.source_bytes::float8 as source_bytes`;

/** A run as the database gives it. */
export interface RunListRow extends Omit<RunCounts, "accepted"> {
  id: string;
  name: string;
  status: RunStatus;
  phase: RunPhase | null;
  test: boolean;
  integration: string;
  integration_name: string;
  version: number;
  trigger: RunTrigger;
  started_by: string;
  kept: boolean;
  failure: RunNote | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  loaded_bytes: number;
  source_bytes: number | null;
}

/** A run as a row of the list shows it. */
export function toRunListItem(row: RunListRow): RunListItem {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    phase: row.phase,
    test: row.test,
    integration: row.integration,
    integrationName: row.integration_name,
    version: row.version,
    trigger: row.trigger,
    startedBy: nameOfActor(row.started_by),
    counts: countsOf(row),
    kept: row.kept,
    progress: progressOf(row),
    failure: row.failure,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function countsOf({ read, inserted, updated, unchanged, skipped, rejected }: RunListRow): RunCounts {
  return { read, accepted: inserted + updated + unchanged, inserted, updated, unchanged, skipped, rejected };
}

function progressOf(row: RunListRow): number | null {
  if (row.status === "completed" || row.status === "completed_with_errors") return 100;
  if (!row.source_bytes) return null;
  return Math.min(100, Math.floor((row.loaded_bytes / row.source_bytes) * 100));
}

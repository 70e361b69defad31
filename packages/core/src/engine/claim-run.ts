import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { writeRunLog } from "../run/run-log.ts";
import { openSecrets } from "../run/run-secrets.ts";
import type { RunPhase } from "../run/status.ts";
import { findFile } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import type { RunTask } from "./run-task.ts";

/** How often a run may be taken by workers that die on it before it is failed. */
export const attemptsMax = 3;

export type Claim =
  | { kind: "task"; task: RunTask }
  | { kind: "over" }
  /** All that is to be loaded is in; only the end is missing. */
  | { kind: "loaded"; attempt: number }
  | { kind: "exhausted"; runId: string; attempt: number };

/** Takes a run under a new attempt, which shuts out every worker that held it before. */
export async function claimRun(services: Services, runId: string): Promise<Claim> {
  const row = await transaction(services.database, (client) => takeAttempt(services, client, runId));
  if (!row) return { kind: "over" };
  if (row.phase === "finishing") return { kind: "loaded", attempt: row.attempt };
  if (row.attempt > attemptsMax) return { kind: "exhausted", runId, attempt: row.attempt };
  const task: RunTask = {
    id: runId,
    attempt: row.attempt,
    test: row.test,
    definition: row.definition,
    parameters: openSecrets(services.masterKey, row.parameters, row.secrets),
    source: await findFile(services, row.source_file_id),
    attachments: await findAttachments(services, runId),
    recordsDone: Number(row.read_count),
    rejectedDone: Number(row.rejected_count),
  };
  return { kind: "task", task };
}

interface ClaimedRow {
  attempt: number;
  phase: RunPhase;
  test: boolean;
  definition: Definition;
  parameters: Record<string, unknown>;
  secrets: Record<string, string>;
  source_file_id: string;
  read_count: string;
  rejected_count: string;
}

async function takeAttempt(services: Services, client: PoolClient, runId: string): Promise<ClaimedRow | undefined> {
  const { rows } = await client.query<ClaimedRow>(
    `update waybill.runs r set attempt = attempt + 1, started_at = coalesce(started_at, $2)
     from waybill.integration_versions v
     where r.id = $1 and r.status = 'in_progress' and v.integration_id = r.integration_id and v.version = r.version
     returning r.attempt, r.phase, r.test, v.definition, r.parameters, r.secrets, r.source_file_id, r.read_count, r.rejected_count`,
    [runId, services.clock.now()],
  );
  const [row] = rows;
  if (row && row.attempt > 1) {
    const message = `A worker was lost; attempt ${row.attempt} goes on after record ${row.read_count}.`;
    await writeRunLog(client, services.clock, runId, "warning", "attempt_started", message);
  }
  return row;
}

async function findAttachments(services: Services, runId: string): Promise<Record<string, StoredFile>> {
  const { rows } = await services.database.pool.query<{ key: string; file_id: string }>(
    "select key, file_id from waybill.run_attachments where run_id = $1",
    [runId],
  );
  const files = rows.map(async (row) => [row.key, await findFile(services, row.file_id)] as const);
  return Object.fromEntries(await Promise.all(files));
}

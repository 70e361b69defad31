import type { Services } from "../context.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { findFile } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import type { ClaimedRun } from "./claim-run.ts";
import type { RunTask } from "./run-task.ts";

/** Everything that executing a claimed run needs, its secrets opened. */
export async function readTask(services: Services, run: ClaimedRun, over: AbortSignal): Promise<RunTask> {
  const { id, attempt, test, definition } = run;
  return {
    id,
    attempt,
    test,
    definition,
    recordsDone: run.read,
    rejectedDone: run.rejected,
    over,
    parameters: openSecrets(services.masterKey, run.parameters, run.secrets),
    source: await findFile(services, run.sourceFileId),
    attachments: await findAttachments(services, id),
  };
}

async function findAttachments(services: Services, runId: string): Promise<Record<string, StoredFile>> {
  const { rows } = await services.database.pool.query<{ key: string; file_id: string }>(
    "select key, file_id from waybill.run_attachments where run_id = $1",
    [runId],
  );
  const files = rows.map(async (row) => [row.key, await findFile(services, row.file_id)] as const);
  return Object.fromEntries(await Promise.all(files));
}

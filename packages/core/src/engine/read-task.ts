import type { Services } from "../context.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { findFile, findFiles } from "../stored-file/read-file.ts";
import type { ClaimedRun } from "./claim-run.ts";
import type { RunTask } from "./run-task.ts";

/** Everything that executing a claimed run needs, its secrets opened. */
export async function readTask(services: Services, run: ClaimedRun, over: AbortSignal): Promise<RunTask> {
  const { id, attempt, test, resubmission, definition } = run;
  return {
    id,
    attempt,
    test,
    resubmission,
    definition,
    recordsDone: run.counted.read,
    rejectedDone: run.counted.rejected,
    over,
    parameters: openSecrets(services.masterKey, run.parameters, run.secrets),
    source: await findFile(services, run.sourceFileId),
    attachments: await findFiles(services, run.attachments),
  };
}

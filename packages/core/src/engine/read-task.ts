import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { openSecrets } from "../run/run-secrets.ts";
import { findFile, findFiles } from "../stored-file/read-file.ts";
import type { ClaimedRun } from "./claim-run.ts";
import type { RunTask } from "./run-task.ts";

/** Everything that executing a claimed run needs, its secrets opened. */
export async function readTask(services: Services, run: ClaimedRun, over: AbortSignal): Promise<RunTask> {
  const { id, attempt, test, resubmission } = run;
  return {
    id,
    attempt,
    test,
    resubmission,
    definition: resubmission ? addingTo(run.definition) : run.definition,
    recordsDone: run.counted.read,
    rejectedDone: run.counted.rejected,
    over,
    parameters: openSecrets(services.masterKey, run.parameters, run.secrets),
    source: await findFile(services, run.sourceFileId),
    attachments: await findFiles(services, run.attachments),
  };
}

/** A resubmission adds to what the run before it left, also where that replaced everything. */
function addingTo(definition: Definition): Definition {
  const { destination, recordKey } = definition;
  if (destination.mode !== "replace") return definition;
  return { ...definition, destination: { ...destination, mode: recordKey.length > 0 ? "upsert" : "insert" } };
}

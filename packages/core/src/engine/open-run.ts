import type { Services } from "../context.ts";
import type { SourceDescription } from "../reader/protocol.ts";
import { type SourceReader, startReader } from "../reader/source-reader.ts";
import { describeSignature } from "../run/describe-run.ts";
import { limitsOf } from "../run/run-files.ts";
import { enterPhase } from "./enter-phase.ts";
import type { RunTask } from "./run-task.ts";

/** A run whose files stand decrypted and unpacked, proven whole. */
export interface OpenedRun extends RunTask {
  reader: SourceReader;
}

/** Opens the source and the attachments through all their layers. Throws the file's fault. */
export async function openRun(services: Services, task: RunTask, signal: AbortSignal): Promise<OpenedRun> {
  await enterPhase(services, task, "opening");
  const { definition, parameters, source, attachments } = task;
  const request = {
    definition,
    parameters,
    source,
    attachments,
    sourceLimits: limitsOf(definition, services.fileLimits),
    attachmentLimits: services.fileLimits,
    now: services.clock.now(),
  };
  const reader = await startReader(services, request, signal);
  try {
    await describe(services, task, await reader.open());
    return { ...task, reader };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function describe(services: Services, task: RunTask, source: SourceDescription): Promise<void> {
  const signed = source.signedBy ? `, ${describeSignature(source.signedBy)}` : "";
  const message = `Opened ${task.source.name} (${source.layers.join(", ")}): ${source.bytes} bytes of CSV${signed}.`;
  await services.database.pool.query(
    `with described as (
       update waybill.runs set layers = $3, signature = $4, source_bytes = $5 where id = $1 and attempt = $2 returning id
     )
     insert into waybill.run_log (run_id, at, level, event, message) select id, $6, 'info', 'opened', $7 from described`,
    [
      task.id,
      task.attempt,
      JSON.stringify(source.layers),
      source.signedBy && JSON.stringify(source.signedBy),
      source.bytes,
      services.clock.now(),
      message,
    ],
  );
}

import type { Services } from "../context.ts";
import type { SourceDescription } from "../reader/protocol.ts";
import { type SourceReader, startReader } from "../reader/source-reader.ts";
import { sourceRulesOf } from "../run/run-files.ts";
import { enterPhase } from "./enter-phase.ts";
import type { RunTask } from "./run-task.ts";

/** A run whose files stand decrypted and unpacked, proven whole. */
export interface OpenedRun extends RunTask {
  reader: SourceReader;
  description: SourceDescription;
}

/** Opens the source and the attachments through all their layers. Throws the file's fault. */
export async function openRun(services: Services, task: RunTask, signal: AbortSignal): Promise<OpenedRun> {
  await enterPhase(services, task, "opening");
  const { definition, parameters, source, attachments, resubmission } = task;
  const request = {
    parameters,
    source,
    attachments,
    ...sourceRulesOf(definition, services.fileLimits, resubmission),
    asWritten: resubmission,
    attachmentLimits: services.fileLimits,
    now: services.clock.now(),
  };
  const reader = await startReader(services, request, signal);
  try {
    return { ...task, reader, description: await reader.open() };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type OpenedSource, openSource } from "../file/open-source.ts";
import { openKeyRing } from "../key/key-ring.ts";
import { describeSignature } from "../run/describe-run.ts";
import { limitsOf } from "../run/run-files.ts";
import { writeRunLog } from "../run/run-log.ts";
import { readFileBytes } from "../stored-file/read-file.ts";
import type { StoredFile } from "../stored-file/stored-file.ts";
import { enterPhase } from "./enter-phase.ts";
import type { RunTask } from "./run-task.ts";

/** A run whose files stand decrypted and unpacked, proven whole. */
export interface OpenedRun extends RunTask {
  openedSource: OpenedSource;
  openedAttachments: Record<string, OpenedSource>;
  close(): Promise<void>;
}

/** Opens the source and the attachments through all their layers. Throws the file's fault. */
export async function openRun(services: Services, task: RunTask, signal: AbortSignal): Promise<OpenedRun> {
  await enterPhase(services, task, "opening");
  const opened: OpenedSource[] = [];
  const close = async () => {
    await Promise.all(opened.map((source) => source.close()));
  };
  try {
    const open = opener(services, task, signal);
    const openedSource = await open(task.source, true);
    opened.push(openedSource);
    const openedAttachments: Record<string, OpenedSource> = {};
    for (const [key, file] of Object.entries(task.attachments)) {
      const attachment = await open(file, false).catch((error: unknown) => {
        throw nameAttachment(error, key);
      });
      opened.push(attachment);
      openedAttachments[key] = attachment;
    }
    await describe(services, task, openedSource);
    return { ...task, openedSource, openedAttachments, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function opener(services: Services, task: RunTask, signal: AbortSignal) {
  let ring: ReturnType<typeof openKeyRing> | undefined;
  const keys = () => (ring ??= openKeyRing(services));
  return (file: StoredFile, isSource: boolean) =>
    openSource({
      name: file.name,
      read: () => readFileBytes(services, file.id),
      encryption: isSource ? task.definition.source.encryption : "allowed",
      signature: isSource ? task.definition.source.signature : "ignored",
      limits: isSource ? limitsOf(task.definition, services.fileLimits) : services.fileLimits,
      keys,
      now: services.clock.now(),
      temporaryFolder: services.temporaryFolder,
      signal,
    });
}

function nameAttachment(error: unknown, key: string): unknown {
  if (!(error instanceof WaybillError)) return error;
  return new WaybillError(
    error.code,
    `The attachment ${JSON.stringify(key)} cannot be used: ${error.message}`,
    error.details,
  );
}

async function describe(services: Services, task: RunTask, source: OpenedSource): Promise<void> {
  await services.database.pool.query(
    "update waybill.runs set layers = $2, signature = $3, source_bytes = $4 where id = $1 and attempt = $5",
    [
      task.id,
      JSON.stringify(source.layers),
      source.signedBy && JSON.stringify(source.signedBy),
      source.bytes,
      task.attempt,
    ],
  );
  const signed = source.signedBy ? `, ${describeSignature(source.signedBy)}` : "";
  const message = `Opened ${task.source.name} (${source.layers.join(", ")}): ${source.bytes} bytes of CSV${signed}.`;
  await writeRunLog(services.database.pool, services.clock, task.id, "info", "opened", message);
}

import { type StartRun, useStartRun } from "../data/runs.ts";
import { createSender, sendAttachments } from "./create-sender.ts";

/** What a run is started with, its files not yet sent. */
export interface StartOrder extends Pick<StartRun, "integration" | "name" | "parameters" | "test"> {
  sourceFile: File;
  attachments: [key: string, file: File][];
}

/** Sends the files of a run and starts it. The same order again gives the run that it made. */
export function createStart(onStarted: (runId: string) => void) {
  const { begin, sending, fault, keyOf } = createSender();
  const start = useStartRun();
  return {
    sending,
    fault: () => fault()?.message ?? null,
    begin: ({ sourceFile, attachments, ...order }: StartOrder) =>
      begin({
        prepare: async (send) => ({
          ...order,
          sourceFile: await send(sourceFile),
          attachments: await sendAttachments(send, attachments),
        }),
        ask: (request) => start.mutateAsync({ ...request, idempotencyKey: keyOf(request) }),
        onDone: (run) => onStarted(run.id),
      }),
  };
}

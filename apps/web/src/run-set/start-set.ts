import { useStartSet } from "../data/sets.ts";
import { createSender } from "../run-integration/create-sender.ts";
import { type RunSetForm, sendSteps } from "./run-set.model.ts";

/** What a set is started with, its files not yet sent. */
export interface SetOrder extends Pick<RunSetForm, "sourceFile" | "steps"> {
  set: string;
  name: string | undefined;
  parameters: Record<string, unknown>;
}

/** Sends the files of a set and starts it. The same order again gives the set run that it made. */
export function createSetStart(onStarted: (setRun: string) => void) {
  const { begin, sending, fault, keyOf } = createSender();
  const start = useStartSet();
  return {
    sending,
    fault,
    begin: ({ sourceFile, steps, ...order }: SetOrder) =>
      begin({
        prepare: async (send) => ({
          ...order,
          ...(sourceFile && { sourceFile: await send(sourceFile) }),
          steps: await sendSteps(steps, send),
        }),
        ask: (request) => start.mutateAsync({ ...request, idempotencyKey: keyOf(request) }),
        onDone: (setRun) => onStarted(setRun.id),
      }),
  };
}

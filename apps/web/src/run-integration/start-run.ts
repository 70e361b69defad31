import { createSignal, onCleanup } from "solid-js";
import { toFault } from "../data/api.ts";
import { type StartRun, useStartRun } from "../data/runs.ts";
import { uploadFile } from "../data/upload.ts";

/** What a run is started with, its files not yet sent. */
export interface StartOrder extends Pick<StartRun, "integration" | "name" | "parameters" | "test"> {
  sourceFile: File;
  attachments: [key: string, file: File][];
}

/**
 * Sends the files of a run and starts it, once at a time. A person who leaves meanwhile has started nothing unless the
 * request was out. The same order again, after an answer that was lost, gives the run that it made.
 */
export function createStart(onStarted: (runId: string) => void) {
  const [sending, setSending] = createSignal<{ name: string; share: number } | null>(null);
  const [fault, setFault] = createSignal<string | null>(null);
  const start = useStartRun();
  const leaving = new AbortController();
  onCleanup(() => leaving.abort());
  let last = { order: "", key: "" };

  const keyOf = (order: string): string => {
    if (last.order !== order) last = { order, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    return last.key;
  };
  const send = (file: File) => uploadFile(file, (share) => setSending({ name: file.name, share }), leaving.signal);

  async function begin({ sourceFile, attachments, ...order }: StartOrder): Promise<void> {
    if (sending()) return;
    setFault(null);
    setSending({ name: sourceFile.name, share: 0 });
    try {
      const sent: Record<string, string> = {};
      const source = await send(sourceFile);
      for (const [key, file] of attachments) sent[key] = await send(file);
      if (leaving.signal.aborted) return;
      const request = { ...order, sourceFile: source, attachments: sent };
      const run = await start.mutateAsync({ ...request, idempotencyKey: keyOf(JSON.stringify(request)) });
      if (!leaving.signal.aborted) onStarted(run.id);
    } catch (error) {
      setFault(toFault(error).message);
    } finally {
      setSending(null);
    }
  }

  return { begin, sending, fault };
}

import { createSignal, onCleanup } from "solid-js";
import { type ApiFault, toFault } from "../data/api.ts";
import { uploadFile } from "../data/upload.ts";

/** Sends one file, and gives the id that it got. */
export type Send = (file: File) => Promise<string>;

/**
 * Does one piece of work at a time that begins with sending files. A person who leaves meanwhile has started nothing
 * unless the request was out. `keyOf` gives the same key for the same request, so that asking again after an answer that
 * was lost does nothing twice.
 */
export function createSender() {
  const [sending, setSending] = createSignal<{ name: string; share: number } | null>(null);
  const [fault, setFault] = createSignal<ApiFault | null>(null);
  const leaving = new AbortController();
  onCleanup(() => leaving.abort());
  let last = { request: "", key: "" };

  function keyOf(request: object): string {
    const text = JSON.stringify(request);
    if (last.request !== text) last = { request: text, key: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    return last.key;
  }

  const send: Send = (file) => {
    const say = (share: number) => setSending({ name: file.name, share });
    say(0);
    return uploadFile(file, say, leaving.signal);
  };

  /** `ask` is called once all files are sent by `prepare`; `onDone` unless the person has left. */
  async function begin<Request, Answer>(work: {
    prepare: (send: Send) => Promise<Request>;
    ask: (request: Request) => Promise<Answer>;
    onDone: (answer: Answer) => void;
  }): Promise<void> {
    if (sending()) return;
    setFault(null);
    setSending({ name: "", share: 0 });
    try {
      const request = await work.prepare(send);
      if (leaving.signal.aborted) return;
      const answer = await work.ask(request);
      if (!leaving.signal.aborted) work.onDone(answer);
    } catch (error) {
      setFault(toFault(error));
    } finally {
      setSending(null);
    }
  }

  return { begin, sending, fault, keyOf };
}

/** Sends the files of attachments, and gives their ids under the keys of those. */
export async function sendAttachments(send: Send, files: [key: string, file: File][]): Promise<Record<string, string>> {
  const sent: Record<string, string> = {};
  for (const [key, file] of files) sent[key] = await send(file);
  return sent;
}

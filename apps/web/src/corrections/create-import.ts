import { createSignal, onCleanup } from "solid-js";
import { toFault } from "../data/api.ts";
import { type ImportedCorrections, useImportCorrections } from "../data/corrections.ts";
import { uploadFile } from "../data/upload.ts";
import { fileFault, type Refusal, readRefusal } from "./import.model.ts";

/** A file of corrections from when it is chosen until it is taken. */
export interface Import {
  file: () => File | null;
  /** What is wrong with the file before it is sent. */
  fault: () => string | undefined;
  choose: (file: File | null) => void;
  resubmit: () => boolean;
  setResubmit: (resubmit: boolean) => void;
  /** The share of the file that has been sent, 0 to 1; null while nothing is under way. */
  sent: () => number | null;
  /** Why the server did not take it. */
  refusal: () => Refusal | undefined;
  /** Sends the file and has it taken, once at a time. */
  begin: () => Promise<void>;
  /** Gives the file up while it is being sent. Once it is sent nothing holds it back. */
  giveUp: () => void;
}

/** Prepares an import of corrections to the records of `run`, or to those of any. */
export function createImport(
  run: () => string | undefined,
  onImported: (imported: ImportedCorrections) => void,
): Import {
  const [file, setFile] = createSignal<File | null>(null);
  const [resubmit, setResubmit] = createSignal(true);
  const [sent, setSent] = createSignal<number | null>(null);
  const [refusal, setRefusal] = createSignal<Refusal>();
  const take = useImportCorrections();
  let sending: AbortController | undefined;
  const fault = () => {
    const chosen = file();
    return chosen ? fileFault(chosen) : undefined;
  };
  const giveUp = () => sending?.abort();
  onCleanup(giveUp);

  async function send(chosen: File): Promise<string | null> {
    sending = new AbortController();
    const { signal } = sending;
    try {
      return await uploadFile(chosen, setSent, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      sending = undefined;
    }
  }

  async function begin(): Promise<void> {
    const chosen = file();
    if (!chosen || fault() || sent() !== null) return;
    setRefusal(undefined);
    setSent(0);
    try {
      const id = await send(chosen);
      if (id === null) return;
      setSent(1);
      const imported = await take.mutateAsync({ file: id, run: run(), resubmit: resubmit() });
      setFile(null);
      onImported(imported);
    } catch (error) {
      setRefusal(readRefusal(toFault(error)));
    } finally {
      setSent(null);
    }
  }

  return {
    file,
    fault,
    choose(chosen) {
      setRefusal(undefined);
      setFile(chosen);
    },
    resubmit,
    setResubmit,
    sent,
    refusal,
    begin,
    giveUp,
  };
}

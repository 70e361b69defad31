import { createSignal } from "solid-js";
import { useAnswer } from "./answer.ts";
import { api, toFault } from "./api.ts";

/** What needs an integration or a set that is about to be deleted, asked anew each time: others work meanwhile. */
export function useDependents(kind: "integrations" | "sets", key: () => string) {
  const [open, setOpen] = createSignal(false);
  const [times, setTimes] = createSignal(0);
  const answer = useAnswer(() => ({
    queryKey: ["dependents", kind, key(), times()],
    queryFn: () => api[kind].dependents.query({ key: key() }),
    enabled: open(),
    gcTime: 0,
    // Whoever waits for the answer may try again, or go on without.
    retry: false,
  }));
  return {
    open,
    /** In sentences; undefined until it is known. */
    dependents: () => answer.data?.message,
    fault: () => (answer.error ? toFault(answer.error).message : undefined),
    /** Puts the question, or puts it again. */
    ask() {
      setTimes(times() + 1);
      setOpen(true);
    },
    close: () => setOpen(false),
  };
}

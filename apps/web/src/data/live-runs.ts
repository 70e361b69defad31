import { type Query, useQueryClient } from "@tanstack/solid-query";
import { onCleanup } from "solid-js";
import { api } from "./api.ts";
import { keys as integrationKeys } from "./integrations.ts";
import { followLive } from "./live.ts";
import { keys as recordKeys } from "./records.ts";
import { keys } from "./runs.ts";
import { keys as scheduleKeys } from "./schedules.ts";
import { keys as setKeys } from "./sets.ts";

const gatherMilliseconds = 250;
/** Counting many rejected records takes a while, so it is done less often. */
const gatherRecordsMilliseconds = 2_000;

/**
 * Reads again what is on screen of the runs that change, on every page. Many changes are gathered, and none of them
 * interrupts a reading that is under way, so that the page of a busy server still gets its answers.
 */
export function useLiveRuns(): void {
  const client = useQueryClient();
  const changed = new Set<string | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let recordsTimer: ReturnType<typeof setTimeout> | undefined;

  function gather(run: string | null): void {
    changed.add(run);
    timer ??= setTimeout(read, gatherMilliseconds);
    recordsTimer ??= setTimeout(readRecords, gatherRecordsMilliseconds);
  }

  function readRecords(): void {
    recordsTimer = undefined;
    client.invalidateQueries({ queryKey: recordKeys.all }, { cancelRefetch: false });
  }

  function read(): void {
    timer = undefined;
    const concerned = { predicate: (query: Query) => isConcerned(query, changed) };
    if (client.isFetching(concerned) > 0) {
      timer = setTimeout(read, gatherMilliseconds);
      return;
    }
    client.invalidateQueries(concerned);
    changed.clear();
  }

  const stop = followLive<{ run: string | null }>((listener) => api.runs.changes.subscribe(undefined, listener), {
    onData: ({ run }) => gather(run),
    onGap: () => gather(null),
  });
  onCleanup(() => {
    stop();
    clearTimeout(timer);
    clearTimeout(recordsTimer);
  });
}

/** Whether what a query holds may change with these runs; `null` among them stands for all. */
function isConcerned(query: Query, changed: Set<string | null>): boolean {
  // What could not be read while the server was away.
  if (changed.has(null) && query.state.status === "error") return true;
  const [kind, part, run] = query.queryKey;
  if (kind === integrationKeys.lists[0]) return part === integrationKeys.lists[1];
  if (kind === scheduleKeys.all[0]) return true;
  if (kind === setKeys.lists[0]) return part === setKeys.lists[1];
  if (kind !== keys.lists[0]) return false;
  if (part === keys.lists[1] || changed.has(null)) return true;
  const held = query.state.data as { id?: string } | undefined;
  return changed.has(run as string) || changed.has(held?.id ?? "");
}

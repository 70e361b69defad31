import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "@waybill/cli/api-client";
import type { RunListItem } from "@waybill/core/run/run-summary";
import { isFinal } from "@waybill/core/run/status";

/** Sees runs come to their end. */
export interface RunFollower {
  untilOver(run: string): Promise<RunListItem>;
  close(): void;
}

/** Looks that follow each other more closely would keep the server from its work. */
const lookMillisecondsMin = 10;
const pageRuns = 20;

interface Waiting {
  resolve(run: RunListItem): void;
  reject(error: unknown): void;
}

/** Listens for changes of runs, and looks at those that are waited for when there was one. */
export async function followRuns(api: ApiClient): Promise<RunFollower> {
  const waiting = new Map<string, Waiting>();
  const { promise: listening, resolve: onStarted, reject } = Promise.withResolvers<void>();
  let changed = false;
  let looking = false;

  async function look(): Promise<void> {
    changed = true;
    if (looking) return;
    looking = true;
    try {
      while (changed && waiting.size > 0) {
        changed = false;
        for (const run of await readRuns(api, [...waiting.keys()])) settle(waiting, run);
        await delay(lookMillisecondsMin);
      }
    } catch (error) {
      onError(error);
    } finally {
      looking = false;
    }
  }

  function onError(error: unknown): void {
    reject(error);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  }

  const subscription = api.runs.changes.subscribe(undefined, { onStarted: () => onStarted(), onData: look, onError });
  await listening;
  return {
    untilOver(run) {
      const over = Promise.withResolvers<RunListItem>();
      waiting.set(run, over);
      look();
      return over.promise;
    },
    close: () => subscription.unsubscribe(),
  };
}

/** These runs as they are now: the newest in one call, any that are older in one each. */
async function readRuns(api: ApiClient, ids: string[]): Promise<RunListItem[]> {
  if (ids.length === 1) return await Promise.all(ids.map((run) => api.runs.get.query({ run })));
  const { items } = await api.runs.list.query({ limit: pageRuns });
  const older = ids.filter((id) => !items.some((item) => item.id === id));
  return [...items, ...(await Promise.all(older.map((run) => api.runs.get.query({ run }))))];
}

function settle(waiting: Map<string, Waiting>, run: RunListItem): void {
  if (!isFinal(run.status)) return;
  waiting.get(run.id)?.resolve(run);
  waiting.delete(run.id);
}

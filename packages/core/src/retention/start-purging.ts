import { repeat } from "@waybill/db";
import type { Services } from "../context.ts";
import { purgeOnce } from "./purge-once.ts";
import type { Retention } from "./retention.ts";

const intervalSeconds = 60 * 60;

/** The purge that goes on by itself. `stop` lets its step finish; it may be called twice. */
export interface Purging {
  stop(): Promise<void>;
}

/** Purges what has been kept long enough, now and once an hour. */
export function startPurging(services: Services, keep: Retention): Purging {
  const stopping = new AbortController();
  const stopped = purgeUntil(services, keep, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await stopped;
    },
  };
}

async function purgeUntil(services: Services, keep: Retention, signal: AbortSignal): Promise<void> {
  const purge = () => purgeAndTell(services, keep, signal);
  await purge();
  await repeat(intervalSeconds, signal, purge);
}

async function purgeAndTell(services: Services, keep: Retention, signal: AbortSignal): Promise<void> {
  try {
    const purged = await purgeOnce(services, keep, { signal });
    if (Object.keys(purged).length > 0) services.log.info(purged, "Purged what has been kept long enough.");
  } catch (error) {
    services.log.error({ err: error }, "A purge was interrupted; it is tried again in an hour.");
  }
}

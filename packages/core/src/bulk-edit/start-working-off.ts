import { repeat } from "@waybill/db";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { workOff } from "./work-off.ts";

/** Works off bulk edits until it is stopped. */
export interface WorkingOff {
  /** Lets the part at hand come to its end. May be called twice. */
  stop(): Promise<void>;
}

/** Looks again and again for bulk edits, and works them off a part at a time. */
export function startWorkingOff(services: Services): WorkingOff {
  const stopping = new AbortController();
  const working = repeat(limits.bulkEditPollSeconds, stopping.signal, async () => {
    try {
      while (!stopping.signal.aborted && (await workOff(services)));
    } catch (error) {
      services.log.error({ err: error }, "A bulk edit was interrupted; it is tried again.");
    }
  });
  return {
    stop() {
      stopping.abort();
      return working;
    },
  };
}

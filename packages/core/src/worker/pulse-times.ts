import type { PulseOptions } from "@waybill/db";
import type { Services } from "../context.ts";

/** When a process of Waybill beats and gives its connections up; the log is told why a beat failed. */
export function pulseTimes({ log, workerTimes }: Services): Omit<PulseOptions, "beat" | "end"> {
  return {
    beatSeconds: workerTimes.beatSeconds,
    lapseSeconds: workerTimes.leaseSeconds,
    onFault: (error) => log.error({ err: error }, "This process does not reach its database as it should."),
  };
}

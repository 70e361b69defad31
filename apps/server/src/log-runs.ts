import type { Services } from "@waybill/core/context";

/** Writes a line when a worker of this process begins a run, and one when the run is over. */
export function logRuns({ telemetry, log }: Services): void {
  telemetry.on("phaseBegun", ({ phase, ...attempt }) => {
    if (phase === "opening") log.info(attempt, "A run begins.");
  });
  telemetry.on("runEnded", ({ phases: _, ...end }) => log.info(end, "A run is over."));
}

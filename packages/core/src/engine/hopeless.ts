import type { RunNote } from "../run/run-summary.ts";
import { describeWorldFault } from "./world-fault.ts";

/** How many workers in a row may die on a run that gets no further. */
const deathsMax = 3;

/** How often in a row the world may fail a run that gets no further. */
const worldFaultsMax = 6;

/** Why a run is not tried again; null while it is. `fault` is the last fault of the world, where it is known. */
export function hopeless(run: { deaths: number; worldFaults: number }, fault: unknown): RunNote | null {
  if (run.deaths >= deathsMax) {
    const message = `${deathsMax} workers were lost while they executed this run, so it is not tried again. Look into the server's log, then run it again.`;
    return { code: "workers_lost", message };
  }
  if (run.worldFaults >= worldFaultsMax) {
    const message = `The run was tried ${worldFaultsMax} times and got no further; the last time, ${describeWorldFault(fault)}. See to that, then run it again.`;
    return { code: "world_unreachable", message };
  }
  return null;
}

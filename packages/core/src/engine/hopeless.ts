import { limits } from "../limits.ts";
import type { RunNote } from "../run/run-summary.ts";
import { waitedSeconds } from "./back-off.ts";
import { describeWorldFault } from "./world-fault.ts";

/** Why a run is not tried again; null while it is. `fault` is the last fault of the world, where it is known. */
export function hopeless(run: { deaths: number; worldFaults: number }, fault: unknown): RunNote | null {
  const { deathsMax, worldFaultsMax } = limits;
  if (run.deaths >= deathsMax) {
    const message = `${deathsMax} workers were lost while they executed this run, so it is quarantined: nothing tries it again until a person does. Look into the servers' logs, then run it again.`;
    return { code: "workers_lost", message };
  }
  if (run.worldFaults >= worldFaultsMax) {
    const message = `The run was tried ${run.worldFaults} times, with about ${waitedSeconds(run.worldFaults)} s of waiting in between, and got no further; the last time, ${describeWorldFault(fault)}. See to that, then run it again.`;
    return { code: "world_unreachable", message };
  }
  return null;
}

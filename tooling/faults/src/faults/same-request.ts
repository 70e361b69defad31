import { kinds } from "../work/kind.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Sends one request to start a run many times at once. */
export const sameRequest: Fault = {
  name: "same-request",
  says: "the same request to start a run 50 times at once: one run",
  weight: 1,
  async inject({ parts }, random) {
    const run = await parts.feeder.deliver(kinds.scans, random.between(100, 1_000), requestsCount);
    return { did: `asked ${requestsCount} times at once for the run ${run}`, heal: nothingToHeal };
  },
};

const requestsCount = 50;

import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";

/** Stops a worker for so long that its runs are taken over, and lets it go on where it was. */
export const freeze: Fault = {
  name: "freeze",
  says: "SIGSTOP of a worker for three leases, then SIGCONT",
  weight: 1,
  async inject({ parts }, random) {
    const { process } = random.pick(parts.workers);
    process.freeze();
    parts.takeOvers.lost(process.name);
    await delay(frozenMilliseconds);
    return { did: `froze ${process.name} for ${frozenMilliseconds / 1_000} s`, heal: async () => process.thaw() };
  },
};

const frozenMilliseconds = 45_000;

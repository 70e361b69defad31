import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";

/** Lets nothing through between Postgres and one worker, or all of them, while every connection stays open. */
export const blackhole: Fault = {
  name: "blackhole",
  says: "nothing forwarded between Postgres and one or all workers for 40 s, nothing closed",
  weight: 1,
  async inject({ parts }, random) {
    const all = random.chance(30);
    const workers = all ? parts.workers : [random.pick(parts.workers)];
    if (all) parts.health.ill();
    for (const { process, proxy } of workers) {
      proxy.blackhole();
      parts.takeOvers.lost(process.name);
    }
    await delay(heldMilliseconds);
    const names = workers.map(({ process }) => process.name).join(", ");
    return {
      did: `let nothing through to ${names} for ${heldMilliseconds / 1_000} s`,
      async heal() {
        for (const { proxy } of workers) proxy.restore();
        if (all) parts.health.well();
      },
    };
  },
};

const heldMilliseconds = 40_000;

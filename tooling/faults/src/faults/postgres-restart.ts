import { setTimeout as delay } from "node:timers/promises";
import { stopModes } from "../world/cluster.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Restarts Postgres some times within seconds, in order or as in a crash. */
export const postgresRestart: Fault = {
  name: "postgres-restart",
  says: "Postgres stopped (fast, or immediate as in a crash) and started, one to three times, every few seconds",
  weight: 4,
  async inject(world, random) {
    const did: string[] = [];
    const count = random.between(1, restartsMax);
    for (let number = 1; number <= count; number++) {
      await delay(random.between(pauseMillisecondsMin, pauseMillisecondsMax));
      const mode = random.pick(stopModes);
      await world.restartPostgres(mode);
      did.push(mode);
    }
    return { did: `restarted Postgres (${did.join(", ")})`, heal: nothingToHeal };
  },
};

const restartsMax = 3;
const pauseMillisecondsMin = 1_000;
const pauseMillisecondsMax = 5_000;

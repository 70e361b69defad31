import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@waybill/samples/random";
import { kinds } from "../work/kind.ts";
import type { World } from "../world/world.ts";
import type { Fault } from "./fault.ts";

/** Kills whichever worker has a certain run in hand, until the run is given up. */
export const poisonRun: Fault = {
  name: "poison-run",
  says: "a run that kills every worker which executes it: Failed as workers_lost after three",
  weight: 1,
  async inject(world, random) {
    const { feeder, watch, complain } = world.parts;
    const run = await feeder.deliver(kinds.pensions, records);
    const deaths = await killHolders(world, run, random);
    const end = watch.endOf(run);
    if (end?.failure?.code !== "workers_lost") {
      const state = end ? `${end.status} ${end.failure?.code ?? ""}` : "still In-Progress";
      complain({ rule: "status", detail: `the poison run ${run} is ${state} after ${deaths} deaths` });
    }
    return { did: `let run ${run} kill ${deaths} workers`, heal: () => world.repair() };
  },
};

/** More than a worker is through with in that time. */
const records = 60_000;
const deathsMax = 8;
const lookMilliseconds = 20;
/** Soon after a worker has the run, or it would be through with it. */
const killMillisecondsMax = 80;
const patienceMilliseconds = 240_000;

/** Gives how many workers died. */
async function killHolders(world: World, run: string, random: Random): Promise<number> {
  const { speakers, watch, workers } = world.parts;
  const since = performance.now();
  let deaths = 0;
  let lastKill = since;
  while (watch.isOpen(run) && deaths < deathsMax && performance.now() - since < patienceMilliseconds) {
    await delay(lookMilliseconds);
    const spoken = speakers.lastOn(run);
    const holder = workers.find(({ process }) => process.lives && process.name === spoken?.speaker);
    if (!spoken || !holder || spoken.atMilliseconds < lastKill) continue;
    await delay(random.between(0, killMillisecondsMax));
    world.kill(holder);
    deaths += 1;
    lastKill = performance.now();
    await world.repair();
  }
  return deaths;
}

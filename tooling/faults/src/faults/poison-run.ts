import { setTimeout as delay } from "node:timers/promises";
import { kinds } from "../work/kind.ts";
import type { Worker, World } from "../world/world.ts";
import type { Fault } from "./fault.ts";

/** Kills whichever worker has a certain run in hand, until the run is given up. */
export const poisonRun: Fault = {
  name: "poison-run",
  says: "a run that kills every worker which executes it: Failed as workers_lost after three",
  weight: 1,
  async inject(world) {
    const { feeder, watch, complain } = world.parts;
    const run = await feeder.deliver(kinds.pensions, records);
    const deaths = await killHolders(world, run);
    const end = watch.endOf(run);
    if (end?.failure?.code !== "workers_lost") {
      const state = end ? `${end.status} ${end.failure?.code ?? ""}` : "still In-Progress";
      complain({ rule: "status", detail: `the poison run ${run} is ${state} after ${deaths} deaths` });
    }
    return { did: `let run ${run} kill ${deaths} workers`, heal: () => world.repair() };
  },
};

/** More than a worker is through with before it is seen to have them. */
const records = 60_000;
const deathsMax = 8;
const lookMilliseconds = 20;
const patienceMilliseconds = 240_000;

/** Gives how many workers died. */
async function killHolders(world: World, run: string): Promise<number> {
  const { watch } = world.parts;
  const since = performance.now();
  let deaths = 0;
  while (watch.isOpen(run) && deaths < deathsMax && performance.now() - since < patienceMilliseconds) {
    await delay(lookMilliseconds);
    const holder = await findHolder(world, run);
    if (!holder) continue;
    world.kill(holder);
    deaths += 1;
    await world.repair();
  }
  return deaths;
}

/** The worker that has the run in hand and lives, as the list of workers tells. */
async function findHolder({ parts: { api, workers } }: World, run: string): Promise<Worker | undefined> {
  const { items } = await api.ask((client) => client.workers.list.query());
  const holder = items.find(({ runs }) => runs.some(({ id }) => id === run));
  return workers.find(({ process }) => process.lives && process.pid === holder?.pid);
}

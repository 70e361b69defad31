import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@waybill/samples/random";
import { commitSides, Trap } from "../world/trap.ts";
import type { Worker, World } from "../world/world.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Kills workers at moments of the seed: some at any time, some just before or just after a commit goes out. */
export const kill: Fault = {
  name: "kill",
  says: "kill -9 of workers, one after the other, at any moment or right around a COMMIT",
  weight: 16,
  async inject(world, random) {
    const did: string[] = [];
    const count = random.between(killsMin, killsMax);
    for (let number = 1; number <= count; number++) {
      did.push(await killOnce(world, random.pick(world.parts.workers), random));
      await world.repair();
    }
    return { did: did.join(", "), heal: nothingToHeal };
  },
};

const killsMin = 3;
const killsMax = 6;
const anyMomentMilliseconds = 2_500;
const nthCommitMax = 6;
const commitMillisecondsMax = 4_000;

async function killOnce(world: World, worker: Worker, random: Random): Promise<string> {
  const { name } = worker.process;
  if (random.chance(40)) {
    const milliseconds = random.between(0, anyMomentMilliseconds);
    await delay(milliseconds);
    world.kill(worker);
    return `killed ${name} after ${milliseconds} ms`;
  }
  const side = random.pick(commitSides);
  const nth = random.between(1, nthCommitMax);
  const sprung = await killAtCommit(world, worker, side, nth);
  if (!sprung) world.kill(worker);
  return sprung ? `killed ${name} ${side} commit ${nth}` : `killed ${name}, which was sending no commit ${nth}`;
}

/** Whether the worker sent so many commits in time, and was killed at the last of them. */
async function killAtCommit(
  world: World,
  worker: Worker,
  side: (typeof commitSides)[number],
  nth: number,
): Promise<boolean> {
  const sprung = Promise.withResolvers<true>();
  const act = () => {
    world.kill(worker);
    sprung.resolve(true);
  };
  worker.proxy.setTrap(new Trap(side, nth, act));
  const done = await Promise.race([sprung.promise, delay(commitMillisecondsMax, false, { ref: false })]);
  worker.proxy.setTrap(null);
  return done;
}

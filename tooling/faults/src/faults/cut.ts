import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@waybill/samples/random";
import type { Worker } from "../world/world.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Cuts connections of workers: all of one worker's, or one in the middle of whatever it carries. */
export const cut: Fault = {
  name: "cut",
  says: "connections between workers and Postgres cut, all at once or one after any byte",
  weight: 6,
  async inject({ parts }, random) {
    const did: string[] = [];
    const count = random.between(2, cutsMax);
    for (let number = 1; number <= count; number++) {
      await delay(random.between(0, pauseMillisecondsMax));
      did.push(await cutOnce(random.pick(parts.workers), random));
    }
    return { did: did.join(", "), heal: nothingToHeal };
  },
};

const cutsMax = 5;
const pauseMillisecondsMax = 1_500;
const bytesMax = 400_000;
const byteMillisecondsMax = 3_000;

async function cutOnce({ process, proxy }: Worker, random: Random): Promise<string> {
  if (random.chance(30)) return `cut ${proxy.cutAll()} connections of ${process.name}`;
  const bytes = random.between(1, random.chance(50) ? bytesMax : bytesMax / 100);
  const done = await proxy.cutAfter(bytes, byteMillisecondsMax);
  return `${done ? "cut" : "would have cut"} ${process.name} after ${bytes} bytes`;
}

import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "@waybill/samples/random";
import { type SmallDisk, whyNoSmallDisk } from "../world/small-disk.ts";
import type { World } from "../world/world.ts";
import type { Fault, Harm } from "./fault.ts";

/** Takes the last room from the disk of Postgres, or from those that the workers open files on. */
export const diskFull: Fault = {
  name: "disk-full",
  says: "no room left on the disk of Postgres, or where workers keep what they open, for some seconds",
  weight: 2,
  impossible: whyNoSmallDisk,
  async inject(world, random) {
    return random.chance(50) ? await fillPostgres(world, random) : await fillWorkers(world, random);
  },
};

const fullMillisecondsMin = 4_000;
const fullMillisecondsMax = 12_000;

async function fillPostgres(world: World, random: Random): Promise<Harm> {
  const { cluster, clusterDisk, health } = world.parts;
  const milliseconds = random.between(fullMillisecondsMin, fullMillisecondsMax);
  health.ill();
  await clusterDisk?.fill();
  await delay(milliseconds);
  return {
    did: `filled the disk of Postgres for ${milliseconds} ms`,
    async heal() {
      await clusterDisk?.free();
      // Without room for its log Postgres stops by itself; then it is for whoever runs it to start it again.
      if (await cluster.answers()) health.well();
      else await world.restartPostgres("fast");
    },
  };
}

async function fillWorkers(world: World, random: Random): Promise<Harm> {
  const milliseconds = random.between(fullMillisecondsMin, fullMillisecondsMax);
  const disks = world.parts.workers.map(({ disk }) => disk).filter((disk): disk is SmallDisk => disk !== null);
  world.parts.health.ill();
  for (const disk of disks) await disk.fill();
  await delay(milliseconds);
  return {
    did: `filled the disks of the workers for ${milliseconds} ms`,
    async heal() {
      for (const disk of disks) await disk.free();
      world.parts.health.well();
    },
  };
}

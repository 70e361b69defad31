import { access } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";

/** Lets one worker live in another hour, or on another day. */
export const clock: Fault = {
  name: "clock",
  says: "one worker restarted with its clock an hour or a day off, by libfaketime",
  weight: 1,
  async impossible() {
    return (await findLibrary()) ? null : "libfaketime is not installed (on Debian: apt-get install faketime)";
  },
  async inject(world, random) {
    const worker = random.pick(world.parts.workers);
    const offset = random.pick(offsets);
    await world.stop(worker.process);
    const library = (await findLibrary()) ?? "";
    await world.startWorker(worker, {
      LD_PRELOAD: library,
      FAKETIME: offset,
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    });
    await delay(otherTimeMilliseconds);
    return {
      did: `let ${worker.process.name} work with its clock off by ${offset}`,
      async heal() {
        await world.stop(worker.process);
        await world.startWorker(worker);
      },
    };
  },
};

const offsets = ["+1h", "-1h", "+1d", "-1d"];
const otherTimeMilliseconds = 20_000;
const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`);

async function findLibrary(): Promise<string | null> {
  for (const library of libraries) {
    const there = await access(library).then(
      () => true,
      () => false,
    );
    if (there) return library;
  }
  return null;
}

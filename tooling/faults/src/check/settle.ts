import { setTimeout as delay } from "node:timers/promises";
import type { World } from "../world/world.ts";
import { ownerlessSecondsMax } from "./take-overs.ts";

/** Feeds nothing more and waits until every run is over, while the world is well. Whatever gets stuck is a violation. */
export async function settle(world: World): Promise<void> {
  const { feeder, watch, complain } = world.parts;
  await feeder.pause();
  const since = performance.now();
  const complainedOf = new Set<string>();
  while (watch.openCount > 0) {
    await delay(lookMilliseconds);
    for (const run of ownerless(world, since)) {
      if (complainedOf.has(run.id)) continue;
      complainedOf.add(run.id);
      const detail = `${run.name} (${run.id}) is In-Progress (${run.phase}), and no live worker has it`;
      complain({ rule: "owner", detail });
    }
    if (performance.now() - since < settleMillisecondsMax) continue;
    const stuck = watch.active.map((run) => `${run.name} (${run.id}, ${run.phase})`).join(", ");
    complain({
      rule: "owner",
      detail: `not over after ${settleMillisecondsMax / 1_000} s in a world that is well: ${stuck}`,
    });
    return;
  }
}

const lookMilliseconds = 250;
const settleMillisecondsMax = 300_000;
/** The longest that a run waits between two attempts after a fault of the world, beside the time without an owner. */
const retrySecondsMax = 30;

/** The runs that nobody has had in hand for too long, and that wait for no other run of their integration. */
function ownerless({ parts }: World, since: number) {
  const { watch, speakers, health } = parts;
  const quietMillisecondsMax = (ownerlessSecondsMax + retrySecondsMax) * 1_000;
  const quiet = watch.active.filter(({ id }) => {
    const spoken = speakers.lastOn(id)?.atMilliseconds ?? 0;
    const from = Math.max(spoken, health.wellSinceMilliseconds, since);
    return watch.isOpen(id) && performance.now() - from > quietMillisecondsMax;
  });
  return quiet.filter((run) =>
    watch.active.every((other) => other.integration !== run.integration || quiet.includes(other)),
  );
}

import { kinds } from "../work/kind.ts";
import { type Fault, nothingToHeal } from "./fault.ts";

/** Sends files in which the destination refuses one record in 10,000. */
export const poisonRecord: Fault = {
  name: "poison-record",
  says: "one record in 10,000 that the destination refuses",
  weight: 2,
  async inject({ parts }, random) {
    const run = await parts.feeder.deliver(kinds.shipments, random.between(10_000, 30_000));
    return { did: `sent records that the destination refuses, as run ${run}`, heal: nothingToHeal };
  },
};

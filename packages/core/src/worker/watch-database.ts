import { type Pulse, startPulse } from "@waybill/db";
import type { Services } from "../context.ts";
import { pulseTimes } from "./pulse-times.ts";

/** Watches the connections of a process that takes no runs, and gives them up when nothing answers on them. */
export async function watchDatabase(services: Services): Promise<Pulse> {
  return await startPulse(services.database, {
    ...pulseTimes(services),
    async beat(client) {
      await client.query("select 1");
    },
  });
}

import { type Pulse, startPulse } from "@waybill/db";
import type { Services } from "../context.ts";
import { version } from "../version.ts";
import { pulseTimes } from "./pulse-times.ts";
import type { ProcessRole } from "./role.ts";

/** Which process a worker is, for the people who look for it. */
export interface WorkerProcess {
  host: string;
  pid: number;
  role: ProcessRole;
}

/**
 * Enters this process among the workers and keeps it there, beating by the database's clock, until it is stopped. One
 * that was taken for dead and wakes up enters again; its runs have gone on elsewhere. Throws when the first beat fails.
 */
export async function startBeat(services: Services, { host, pid, role }: WorkerProcess): Promise<Pulse> {
  const { database, workerId } = services;
  return await startPulse(database, {
    ...pulseTimes(services),
    async beat(client) {
      await client.query(
        `insert into waybill.workers (id, host, pid, role, version) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set beat_at = now()`,
        [workerId, host, pid, role, version],
      );
    },
    async end(client) {
      await client.query("delete from waybill.workers where id = $1", [workerId]);
    },
  });
}

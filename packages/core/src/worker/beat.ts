import { type Pulse, type PulseOptions, startPulse } from "@waybill/db";
import type { Services } from "../context.ts";
import { version } from "../version.ts";
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
    ...pulseOf(services),
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

/** Watches the connections of a process that takes no runs, and gives them up when nothing answers on them. */
export async function watchDatabase(services: Services): Promise<Pulse> {
  return await startPulse(services.database, {
    ...pulseOf(services),
    async beat(client) {
      await client.query("select 1");
    },
  });
}

function pulseOf({ log, workerTimes }: Services): Pick<PulseOptions, "beatSeconds" | "lapseSeconds" | "onFault"> {
  return {
    beatSeconds: workerTimes.beatSeconds,
    lapseSeconds: workerTimes.leaseSeconds,
    onFault: (error) => log.error({ err: error }, "This process does not reach its database as it should."),
  };
}

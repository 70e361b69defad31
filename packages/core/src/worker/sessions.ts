import type { Services } from "../context.ts";

/** What every session of a process is called on the database's server, its `application_name`. */
export function sessionsOf(workerId: string): string {
  return `waybill ${workerId}`;
}

/** Ends every session of a worker on the database's server, so that nothing it held stays locked. */
export async function endSessions({ database }: Services, workerId: string): Promise<void> {
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = $1`,
    [sessionsOf(workerId)],
  );
}

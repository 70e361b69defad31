import type { PoolClient } from "pg";

/** Takes away rejected records of these runs, at most so many. Gives how many. */
export async function deleteRejected(client: PoolClient, runIds: string[], rowsMax: number): Promise<number> {
  const { rowCount } = await client.query(
    `delete from waybill.rejected_records where id in (
       select id from waybill.rejected_records where run_id = any($1::uuid[]) limit $2)`,
    [runIds, rowsMax],
  );
  return rowCount ?? 0;
}

/** Takes away lines of the logs of these runs, at most so many. Gives how many. */
export async function deleteLog(client: PoolClient, runIds: string[], rowsMax: number): Promise<number> {
  const { rowCount } = await client.query(
    `delete from waybill.run_log where id in (
       select id from waybill.run_log where run_id = any($1::uuid[]) limit $2)`,
    [runIds, rowsMax],
  );
  return rowCount ?? 0;
}

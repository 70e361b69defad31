import type { PoolClient } from "pg";

/** Takes away rejected records of these runs, with what was done to them, at most so many. Gives how many. */
export async function deleteRejected(client: PoolClient, runIds: string[], rowsMax: number): Promise<number> {
  const { rowCount } = await client.query(
    `with gone as (
       delete from waybill.rejected_records where id in (
         select id from waybill.rejected_records where run_id = any($1::uuid[]) limit $2)
       returning id
     ), changes as (
       delete from waybill.record_changes where record_id in (select id from gone)
     ), sent as (
       delete from waybill.resubmitted_records where record_id in (select id from gone)
     )
     select from gone`,
    [runIds, rowsMax],
  );
  return rowCount ?? 0;
}

/** Takes away what these runs tell of records that they sent again, at most of so many. Gives of how many. */
export async function deleteResubmitted(client: PoolClient, runIds: string[], rowsMax: number): Promise<number> {
  const { rowCount } = await client.query(
    `delete from waybill.resubmitted_records where (run_id, record_number) in (
       select run_id, record_number from waybill.resubmitted_records where run_id = any($1::uuid[]) limit $2)`,
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

import type { Services } from "../context.ts";
import { WaybillError } from "../errors.ts";

/** Checks that a run's rejected records were not purged. Throws `rejected_purged`, which says when and why they were. */
export async function checkRejectedKept(services: Services, runId: string): Promise<void> {
  const { rows } = await services.database.pool.query<{ message: string }>(
    `select note ->> 'message' as message
     from waybill.runs r cross join jsonb_array_elements(r.notes) note
     where r.id = $1 and r.rejected_purged_at is not null and note ->> 'code' = 'rejected_purged'`,
    [runId],
  );
  if (rows[0]) throw new WaybillError("rejected_purged", rows[0].message);
}

import type { PurgeBatch, PurgeStep } from "./purge-step.ts";

/** Takes set runs that ended before a moment, with their steps; those that another one resumes stay as long as that. */
export function purgeSetRuns(endedBefore: Date, batch: PurgeBatch): PurgeStep {
  return async (client) => {
    const { rowCount } = await client.query(
      `delete from waybill.set_runs where id in (
         select id from waybill.set_runs g where finished_at < $1 and finished_at is not null and not exists (
           select from waybill.set_runs b where b.from_set_run_id = g.id and (b.finished_at is null or b.finished_at >= $1))
         order by finished_at limit $2 for update skip locked)`,
      [endedBefore, batch.runs],
    );
    return { last: rowCount === 0, removed: { setRuns: rowCount ?? 0 } };
  };
}

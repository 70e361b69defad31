import type { Services } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { WaybillError } from "../errors.ts";
import { findIntegration } from "../integration/read-integration.ts";
import type { RunNote, RunSummary } from "../run/run-summary.ts";

/**
 * Checks that what a run accepted stands in the destination, where its rejected records are to join it. Throws
 * `origin_not_kept` where nothing of it was kept, or where a later run has replaced it.
 */
export async function checkOriginStands(services: Services, run: RunSummary): Promise<void> {
  const { definition } = await findIntegration(services, run.integration, run.version);
  const replaces = definition.destination.mode === "replace";
  const held = replaces || definition.onError.commit === "all-or-nothing";
  if (held && !run.kept) throw notKept(`Nothing of ${JSON.stringify(run.name)} was kept in the destination.`);
  const later = replaces ? await findLater(services, run) : null;
  if (later)
    throw notKept(`The later run ${JSON.stringify(later)} has replaced what ${JSON.stringify(run.name)} loaded.`);
}

function notKept(what: string): WaybillError {
  const message = `${what} Its rejected records alone would not make it whole: correct its file, and run all of it again.`;
  return new WaybillError("origin_not_kept", message);
}

/** Says that a record may be older than what the destination has by now. */
export async function warnOfLaterRun(services: Services, run: RunSummary): Promise<RunNote[]> {
  const later = await findLater(services, run);
  if (!later) return [];
  const message = `The run ${JSON.stringify(later)} has loaded since the records were rejected: what it loaded under the same keys is written over.`;
  return [{ code: "later_run", message }];
}

/** A run sees the values of its own source alone. */
export function warnOfUnique({ fields }: Definition): RunNote[] {
  const unique = fields.filter((field) => field.unique).map((field) => field.name);
  if (unique.length === 0) return [];
  const message = `${unique.join(", ")} must be unique among the records that are sent; those that were accepted before are not looked at.`;
  return [{ code: "unique_among_sent", message }];
}

/** The name of the newest run of the integration that loaded a file after this one; null when there is none. */
async function findLater({ database }: Services, { id, integration }: RunSummary): Promise<string | null> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select o.name from waybill.runs o join waybill.runs r on r.integration_id = o.integration_id
     join waybill.integrations i on i.id = r.integration_id
     where r.id = $1 and i.key = $2 and o.created_at > r.created_at and o.id <> r.id and o.kept and not o.test
       and o.trigger <> 'resubmit' and o.inserted_count + o.updated_count + o.unchanged_count > 0
     order by o.created_at desc limit 1`,
    [id, integration],
  );
  return rows[0]?.name ?? null;
}

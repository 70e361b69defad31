import type { SetRunStatus } from "@waybill/db/words";
import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { SetListItem, WaybillSet } from "./set.ts";

export const getSetInput = z.strictObject({
  key: z.string().max(100),
  version: z.number().int().positive().optional(),
});

/** A set, at its current version unless another is named. Throws `set_unknown`. */
export async function getSet(ctx: Context, input: z.output<typeof getSetInput>): Promise<WaybillSet> {
  return await findSet(ctx, input.key, input.version);
}

/** As `getSet`, for callers that have no actor. */
export async function findSet({ database }: Services, key: string, version?: number): Promise<WaybillSet> {
  const { rows } = await database.pool.query<Omit<WaybillSet, "createdAt"> & { createdAt: Date }>(
    `select s.id, s.key, s.name, s.description, v.version, s.deleted_at is not null as deleted,
       v.created_at as "createdAt", v.definition, ${deletedIntegrations} as "deletedIntegrations", v.yaml
     from waybill.sets s join waybill.set_versions v on v.set_id = s.id and v.version = coalesce($2, s.current_version)
     where s.key = $1`,
    [key, version ?? null],
  );
  if (!rows[0]) throw setUnknown(key, version);
  return { ...rows[0], createdAt: rows[0].createdAt.toISOString() };
}

/** Of the set's version `v`. */
const deletedIntegrations = `array(
  select i.key from waybill.integrations i where i.deleted_at is not null
    and i.key in (select step ->> 'integration' from jsonb_array_elements(v.definition -> 'steps') step)
  order by i.key)`;

/** The error of a set that is not there. */
export function setUnknown(key: string, version?: number): WaybillError {
  const what = version === undefined ? `set ${JSON.stringify(key)}` : `version ${version} of ${JSON.stringify(key)}`;
  return new WaybillError("set_unknown", `There is no ${what}. List the sets to see which there are.`);
}

export const listSetsInput = z.strictObject({ ...pageInput, search: z.string().max(200).optional() });

interface ListRow extends Omit<SetListItem, "updatedAt" | "lastRun"> {
  /** As Postgres sorts it; JavaScript makes other small letters of some. */
  sortName: string;
  updatedAt: Date;
  runId: string | null;
  runName: string;
  runStatus: SetRunStatus;
  runFinishedAt: Date | null;
}

/** Sets by name, each with its newest run. Deleted ones are left out. */
export async function listSets(ctx: Context, input: z.output<typeof listSetsInput>): Promise<Page<SetListItem>> {
  const after = readCursor(input.cursor, z.tuple([z.string(), z.string()]));
  const { rows } = await ctx.database.pool.query<ListRow>(
    `select s.key, s.name, lower(s.name) as "sortName", s.description, s.current_version as version,
       s.updated_at as "updatedAt", r.id as "runId", r.name as "runName", r.status as "runStatus",
       r.finished_at as "runFinishedAt",
       (select json_agg(step ->> 'integration' order by place) from jsonb_array_elements(v.definition -> 'steps')
         with ordinality as listed (step, place)) as integrations,
       ${deletedIntegrations} as "deletedIntegrations"
     from waybill.sets s join waybill.set_versions v on v.set_id = s.id and v.version = s.current_version
     left join lateral (
       select id, name, status, finished_at from waybill.set_runs
       where set_id = s.id order by created_at desc, id desc limit 1
     ) r on true
     where s.deleted_at is null
       and ($1::text is null or strpos(lower(s.name), lower($1)) > 0 or strpos(s.key, lower($1)) > 0)
       and ($2::text is null or (lower(s.name), s.key) > ($2, $3))
     order by lower(s.name), s.key limit $4`,
    [input.search ?? null, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  const page = toPage(rows, input.limit, (row) => [row.sortName, row.key]);
  return { items: page.items.map(toListItem), next: page.next };
}

function toListItem(row: ListRow): SetListItem {
  const { key, name, description, version, integrations, deletedIntegrations } = row;
  const lastRun = row.runId && {
    id: row.runId,
    name: row.runName,
    status: row.runStatus,
    finishedAt: row.runFinishedAt?.toISOString() ?? null,
  };
  return {
    key,
    name,
    description,
    version,
    integrations,
    deletedIntegrations,
    updatedAt: row.updatedAt.toISOString(),
    lastRun: lastRun || null,
  };
}

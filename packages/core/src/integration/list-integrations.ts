import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { type Page, pageInput, readCursor, toPage } from "../page.ts";
import type { RunStatus } from "../run/status.ts";
import type { IntegrationListItem } from "./integration.ts";

export const listIntegrationsInput = z.strictObject({ ...pageInput, search: z.string().max(200).optional() });

/** Integrations by name, each with its newest run. Deleted ones are left out. */
export async function listIntegrations(
  ctx: Context,
  input: z.output<typeof listIntegrationsInput>,
): Promise<Page<IntegrationListItem>> {
  const after = readCursor(input.cursor, z.tuple([z.string(), z.string()]));
  const { rows } = await ctx.database.pool.query<ListRow>(
    `select i.key, i.name, lower(i.name) as sort_name, i.description, i.direction, i.current_version as version, i.updated_at,
            coalesce((
              select sum(o.open_count) from waybill.runs o where o.integration_id = i.id and o.open_count > 0 and not o.test
            ), 0)::float8 as open_records,
            r.id as run_id, r.name as run_name, r.status as run_status, r.finished_at as run_finished_at
     from waybill.integrations i
     left join lateral (
       select id, name, status, finished_at from waybill.runs
       where integration_id = i.id order by created_at desc, id desc limit 1
     ) r on true
     where i.deleted_at is null
       and ($1::text is null or strpos(lower(i.name), lower($1)) > 0 or strpos(i.key, lower($1)) > 0)
       and ($2::text is null or (lower(i.name), i.key) > ($2, $3))
     order by lower(i.name), i.key limit $4`,
    [input.search ?? null, after?.[0] ?? null, after?.[1] ?? null, input.limit + 1],
  );
  const page = toPage(rows, input.limit, (row) => [row.sort_name, row.key]);
  return { items: page.items.map(toListItem), next: page.next };
}

/** Whether any integration was ever applied; deleted ones count. */
export async function hasIntegrations(services: Services): Promise<boolean> {
  const { rowCount } = await services.database.pool.query("select from waybill.integrations limit 1");
  return rowCount !== 0;
}

interface ListRow {
  key: string;
  name: string;
  /** As Postgres sorts it; JavaScript makes other small letters of some. */
  sort_name: string;
  description: string;
  direction: string;
  version: number;
  updated_at: Date;
  open_records: number;
  run_id: string | null;
  run_name: string;
  run_status: RunStatus;
  run_finished_at: Date | null;
}

function toListItem(row: ListRow): IntegrationListItem {
  const { key, name, description, direction, version } = row;
  const lastRun = row.run_id && {
    id: row.run_id,
    name: row.run_name,
    status: row.run_status,
    finishedAt: row.run_finished_at?.toISOString() ?? null,
  };
  return {
    key,
    name,
    description,
    direction,
    version,
    updatedAt: row.updated_at.toISOString(),
    deleted: false,
    lastRun: lastRun || null,
    openRecords: row.open_records,
  };
}

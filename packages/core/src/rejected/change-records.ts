import { z } from "zod";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { changeTransaction } from "./change-transaction.ts";
import { holdNamed } from "./held-record.ts";
import { noRecords, notDismissed, notOpen } from "./record-errors.ts";
import { fitting } from "./record-filter.ts";
import type { RecordAction } from "./record-state.ts";
import { conditionsOfSelection, type Selection, selection } from "./selection.ts";

export const dismissRecordsInput = z.strictObject({
  of: selection,
  reason: z.string().trim().min(1, "Say why the records are dismissed.").max(limits.reasonCharactersMax),
});
export const reopenRecordsInput = z.strictObject({
  of: selection,
  reason: z.string().trim().max(limits.reasonCharactersMax).optional(),
});
export const assignRecordsInput = z.strictObject({
  of: selection,
  /** Null leaves the records open to all. */
  to: z.string().trim().min(1).max(limits.assigneeCharactersMax).nullable(),
});

/** How many records were changed. */
export interface ChangedRecords {
  changed: number;
}

/**
 * Puts open records aside, for a reason. Of a filter those that are open; of records named one by one all or none. Throws
 * `record_unknown`, `record_not_open`, or `records_none` when no record fits.
 */
export async function dismissRecords(
  ctx: Context,
  { of, reason }: z.output<typeof dismissRecordsInput>,
): Promise<ChangedRecords> {
  return await changeRecords(ctx, of, {
    action: "dismissed",
    state: "open",
    opens: -1,
    set: "state = 'dismissed', revision = revision + 1",
    reason,
  });
}

/** Opens dismissed records again. Throws as `dismissRecords` does, and `record_not_dismissed`. */
export async function reopenRecords(
  ctx: Context,
  { of, reason }: z.output<typeof reopenRecordsInput>,
): Promise<ChangedRecords> {
  return await changeRecords(ctx, of, {
    action: "reopened",
    state: "dismissed",
    opens: 1,
    set: "state = 'open', revision = revision + 1",
    reason,
  });
}

/** Says who is to look after open records. Throws as `dismissRecords` does. */
export async function assignRecords(
  ctx: Context,
  { of, to }: z.output<typeof assignRecordsInput>,
): Promise<ChangedRecords> {
  return await changeRecords(ctx, of, { action: "assigned", state: "open", opens: 0, set: "assignee = $to", to });
}

/** A change of whole records that are in one state; `$to` in `set` is who they are assigned to. */
interface Change {
  action: Exclude<RecordAction, "edited">;
  state: "open" | "dismissed";
  set: string;
  /** How many more records are open for each that is changed. */
  opens: 1 | 0 | -1;
  reason?: string;
  to?: string | null;
}

async function changeRecords(ctx: Context, of: Selection, change: Change): Promise<ChangedRecords> {
  const conditions = await conditionsOfSelection(ctx, of);
  const values = [...conditions.values];
  const add = (value: unknown) => `$${values.push(value)}`;
  const to = add(change.to ?? null);
  const text = `with held as (
      select r.id, r.run_id, r.assignee from ${fitting(conditions)} and ${isChangeable(change.state)}
      order by r.id for update of r
    ), changed as (
      update waybill.rejected_records r set ${change.set.replace("$to", `${to}::text`)} from held where r.id = held.id
    ), counted as (
      update waybill.runs o set open_count = open_count + ${change.opens} * held.count
      from (select run_id, count(*) from held group by run_id) held where o.id = held.run_id and ${change.opens} <> 0
    )
    insert into waybill.record_changes (record_id, at, by, action, "from", "to", reason)
    select id, ${add(ctx.clock.now())}, ${add(ctx.actor.id)}, '${change.action}',
      case when '${change.action}' = 'assigned' then assignee end, ${to}::text, ${add(change.reason || null)} from held`;
  return await changeTransaction(ctx.database, async (client) => {
    const named = "records" in of ? await holdNamed(client, of.records) : [];
    for (const { id, state } of named) {
      if (state !== change.state) throw change.state === "open" ? notOpen(id, state) : notDismissed(id, state);
    }
    const { rowCount } = await client.query({ text, values });
    if (!rowCount) throw noRecords(change.state);
    return { changed: rowCount };
  });
}

function isChangeable(state: Change["state"]): string {
  return `r.state = '${state}' and o.status <> 'in_progress'`;
}

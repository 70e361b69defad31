import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { notOpen } from "./edit-records.ts";
import { recordUnknown } from "./read-record.ts";
import { recordTables } from "./record-row.ts";
import { type RecordAction, type RecordState, recordStateLabels } from "./record-state.ts";
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
    set: "state = 'open', revision = revision + 1",
    reason,
  });
}

/** Says who is to look after open records. Throws as `dismissRecords` does. */
export async function assignRecords(
  ctx: Context,
  { of, to }: z.output<typeof assignRecordsInput>,
): Promise<ChangedRecords> {
  return await changeRecords(ctx, of, { action: "assigned", state: "open", set: "assignee = $to", to });
}

/** A change of whole records that are in one state; `$to` in `set` is who they are assigned to. */
interface Change {
  action: Exclude<RecordAction, "edited">;
  state: "open" | "dismissed";
  set: string;
  reason?: string;
  to?: string | null;
}

async function changeRecords(ctx: Context, of: Selection, change: Change): Promise<ChangedRecords> {
  const { sql, values } = await conditionsOfSelection(ctx, of);
  const add = (value: unknown) => `$${values.push(value)}`;
  const to = add(change.to ?? null);
  const text = `with held as (
      select r.id, r.assignee from ${recordTables} where ${sql} and r.state = '${change.state}' order by r.id for update of r
    ), changed as (
      update waybill.rejected_records r set ${change.set.replace("$to", `${to}::text`)}
      from held where r.id = held.id
    )
    insert into waybill.record_changes (record_id, at, by, action, "from", "to", reason)
    select id, ${add(ctx.clock.now())}, ${add(ctx.actor.id)}, '${change.action}',
      case when '${change.action}' = 'assigned' then assignee end, ${to}::text, ${add(change.reason || null)} from held`;
  return await transaction(ctx.database, async (client) => {
    if ("records" in of) await holdAll(client, of.records, change.state);
    const { rowCount } = await client.query({ text, values });
    if (!rowCount) throw noRecords(change.state);
    return { changed: rowCount };
  });
}

/** Holds records that were named one by one. Throws when one of them is not there, or not in this state. */
async function holdAll(client: PoolClient, named: readonly string[], wanted: Change["state"]): Promise<void> {
  const { rows } = await client.query<{ id: string; state: RecordState }>(
    "select id, state from waybill.rejected_records where id = any($1) order by id for update",
    [named],
  );
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  for (const id of named) {
    const state = states.get(id);
    if (!state) throw recordUnknown(id);
    if (state !== wanted) throw wanted === "open" ? notOpen(id, state) : notDismissed(id, state);
  }
}

function notDismissed(id: string, state: RecordState): WaybillError {
  const message = `The record ${id} is not dismissed but ${recordStateLabels[state].toLowerCase()}, so it cannot be reopened.`;
  return new WaybillError("record_not_dismissed", message, { record: id, state });
}

/** The error of a filter that no record fits. */
export function noRecords(state: string): WaybillError {
  const message = `No ${state} record fits. List the records to see which there are, or widen the filter.`;
  return new WaybillError("records_none", message);
}

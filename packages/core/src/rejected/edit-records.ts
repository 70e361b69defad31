import type { PoolClient } from "pg";
import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { listNames } from "../record/match-header.ts";
import { changeTransaction } from "./change-transaction.ts";
import { recordUnknown } from "./read-record.ts";
import { type RecordListItem, recordColumns, recordTables } from "./record-row.ts";
import { type RecordRules, rulesOf } from "./record-rules.ts";
import { type RecordState, recordStateLabels } from "./record-state.ts";
import { checkEdits, type HeldRecord, heldColumns, writeEdits } from "./write-edits.ts";

const edit = z.strictObject({
  record: z.uuid(),
  /** The one that whoever edits has seen. */
  revision: z.number().int().min(0),
  /** New texts by the names of their columns; the other columns stay as they are. */
  values: z
    .record(z.string().max(limits.csvRecordCharactersMax), z.string())
    .refine((values) => Object.keys(values).length > 0, "Name at least one column."),
});

export const editRecordsInput = z.strictObject({ edits: z.array(edit).min(1).max(limits.recordsNamedMax) });
type Edit = z.output<typeof edit>;

/**
 * Edits open records, all of them or none, and checks each again, references included. Gives them as they stand then, in
 * the order of the edits. Throws `record_unknown`, `record_not_open`, `run_not_final`, `record_changed` when somebody was quicker,
 * or `edit_invalid`.
 */
export async function editRecords(
  ctx: Context,
  { edits }: z.output<typeof editRecordsInput>,
): Promise<{ items: RecordListItem[] }> {
  const ids = edits.map((one) => one.record);
  if (new Set(ids).size < ids.length) throw invalid("A record is named more than once. Send one edit for each record.");
  const rules = await findRules(ctx, ids);
  return await changeTransaction(ctx.database, async (client) => {
    const held = await holdRecords(client, edits);
    for (const [runId, ruled] of rules) {
      const ofRun = edits.flatMap((one) => {
        const record = held.get(one.record);
        return record?.runId === runId ? { record, row: editRow(record, one.values, ruled) } : [];
      });
      await writeEdits(ctx, client, ruled, await checkEdits(client, ruled, ofRun));
    }
    return { items: await readInOrder(client, ids) };
  });
}

async function findRules(ctx: Context, ids: string[]): Promise<Map<string, RecordRules>> {
  const { rows } = await ctx.database.pool.query<{ runId: string }>(
    `select distinct run_id as "runId" from waybill.rejected_records where id = any($1)`,
    [ids],
  );
  const found = rows.map(async ({ runId }) => [runId, await rulesOf(ctx, runId)] as const);
  return new Map(await Promise.all(found));
}

async function holdRecords(client: PoolClient, edits: readonly Edit[]): Promise<Map<string, HeldRecord>> {
  const { rows } = await client.query<HeldRecord & { state: RecordState; revision: number; over: boolean }>(
    `select ${heldColumns}, r.state, r.revision, o.status <> 'in_progress' as over
     from waybill.rejected_records r join waybill.runs o on o.id = r.run_id
     where r.id = any($1) order by r.id for update of r`,
    [edits.map((one) => one.record)],
  );
  const held = new Map(rows.map((row) => [row.id, row]));
  for (const { record: id, revision } of edits) {
    const record = held.get(id);
    if (!record) throw recordUnknown(id);
    if (!record.over) throw runNotOver(id);
    if (record.state !== "open") throw notOpen(id, record.state);
    if (record.revision !== revision) throw await changedMeanwhile(client, id, record.revision);
  }
  return held;
}

/** The row with new texts in some columns, as long as the header is. Throws `edit_invalid`. */
export function editRow(
  record: Pick<HeldRecord, "row">,
  values: Record<string, string>,
  { header }: Pick<RecordRules, "header">,
): string[] {
  const row = header.map((_, index) => record.row[index] ?? "");
  for (const [name, text] of Object.entries(values)) {
    const position = header.indexOf(name);
    if (position < 0) {
      throw invalid(`The record has no column ${JSON.stringify(name)}. It has ${listNames(header)}.`, { column: name });
    }
    if (text.includes("\0")) throw invalid(`${name} would hold a NUL character. Take it out.`, { column: name });
    row[position] = text;
  }
  if (isTooLong(row)) {
    throw invalid(`The record would be longer than ${limits.csvRecordCharactersMax} characters. Shorten it.`);
  }
  return row;
}

/** Whether a row has more characters than a record of a source may have, its delimiters counted. */
export function isTooLong(row: readonly string[]): boolean {
  return row.reduce((sum, text) => sum + text.length + 1, -1) > limits.csvRecordCharactersMax;
}

async function readInOrder(client: PoolClient, ids: string[]): Promise<RecordListItem[]> {
  const { rows } = await client.query<RecordListItem>(
    `select ${recordColumns} from ${recordTables} where r.id = any($1) order by array_position($1::uuid[], r.id)`,
    [ids],
  );
  return rows;
}

/** The error of a record that can only be changed while it is open. */
export function notOpen(id: string, state: RecordState): WaybillError {
  const remedy = {
    open: "",
    resubmitting: "Wait for the end of that run.",
    resolved: "It was accepted when it was resubmitted, so there is nothing left to do.",
    dismissed: "Reopen it first.",
  }[state];
  const message = `The record ${id} is not open: ${recordStateLabels[state].toLowerCase()}. ${remedy}`;
  return new WaybillError("record_not_open", message, { record: id, state });
}

/** The error of a record whose run may still take it back. */
export function runNotOver(id: string): WaybillError {
  const message = `The run that rejected the record ${id} is not over yet. Wait for its end, or cancel it.`;
  return new WaybillError("run_not_final", message, { record: id });
}

async function changedMeanwhile(client: PoolClient, id: string, revision: number): Promise<WaybillError> {
  const { rows } = await client.query<{ by: string }>(
    "select by from waybill.record_changes where record_id = $1 order by id desc limit 1",
    [id],
  );
  const who = rows[0] ? nameOfActor(rows[0].by) : "Somebody";
  const message = `${who} has changed the record ${id} since you read it (it is at revision ${revision}), so nothing was saved. Look at it as it stands now, then edit it again.`;
  return new WaybillError("record_changed", message, { record: id, revision });
}

function invalid(message: string, details: Record<string, unknown> = {}): WaybillError {
  return new WaybillError("edit_invalid", message, details);
}

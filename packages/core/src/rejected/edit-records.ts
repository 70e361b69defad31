import type { PoolClient } from "pg";
import { z } from "zod";
import { nameOfActor } from "../access/sign-in.ts";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import type { RunNote } from "../run/run-summary.ts";
import { changeTransaction } from "./change-transaction.ts";
import { editInvalid, editRow } from "./edited-row.ts";
import { type HeldRecord, heldColumns, holdNamed } from "./held-record.ts";
import { notOpen } from "./record-errors.ts";
import { type RecordListItem, readRecordRows } from "./record-row.ts";
import { type RecordRules, rulesOfRecords } from "./record-rules.ts";
import { checkEdits, writeEdits } from "./write-edits.ts";

const edit = z.strictObject({
  record: z.uuid(),
  /** The one that whoever edits has seen. */
  revision: z.number().int().min(0),
  /**
   * New texts by the names of their columns, or of the fields that are read from them; the other columns stay as they are.
   * None takes a row that does not fit its columns as it is laid out under them.
   */
  values: z.record(z.string().max(limits.csvRecordCharactersMax), z.string()),
});

export const editRecordsInput = z.strictObject({ edits: z.array(edit).min(1).max(limits.recordsNamedMax) });
type Edit = z.output<typeof edit>;

/** Records as they stand once they were edited, and what is to be known of the rules they were checked by. */
export interface EditedRecords {
  items: RecordListItem[];
  notes: RunNote[];
}

/**
 * Edits open records, all of them or none, and checks each again, references included. Gives them as they stand then, in
 * the order of the edits. Throws `record_unknown`, `record_not_open`, `run_not_final`, `record_changed` when somebody was quicker,
 * or `edit_invalid`.
 */
export async function editRecords(ctx: Context, { edits }: z.output<typeof editRecordsInput>): Promise<EditedRecords> {
  const ids = edits.map((one) => one.record);
  if (new Set(ids).size < ids.length)
    throw editInvalid("A record is named more than once. Send one edit for each record.");
  const rules = await rulesOfRecords(ctx, ids);
  return await changeTransaction(ctx.database, async (client) => {
    const held = await holdEdited(client, edits);
    for (const [runId, ruled] of rules) {
      const ofRun = edits.flatMap((one) => {
        const record = held.get(one.record);
        return record?.runId === runId ? { record, row: editRow(record, one.values, ruled) } : [];
      });
      await writeEdits(ctx, client, ruled, await checkEdits(client, ruled, ofRun));
    }
    return { items: await readRecordRows(client, ids), notes: [...rules.values()].flatMap(noteMisfit) };
  });
}

function noteMisfit({ definition, version, misfit }: RecordRules): RunNote[] {
  if (misfit === null) return [];
  const message = `Version ${misfit} of ${definition.name} does not fit the columns of the records, so they were checked by version ${version}, that they came with. Only by that one can they be resubmitted.`;
  return [{ code: "definition_misfit", message }];
}

async function holdEdited(client: PoolClient, edits: readonly Edit[]): Promise<Map<string, HeldRecord>> {
  const ids = edits.map((one) => one.record);
  const held = await holdNamed<HeldRecord>(client, ids, heldColumns);
  for (const [index, { id, state, revision }] of held.entries()) {
    if (state !== "open") throw notOpen(id, state);
    const seen = edits[index]?.revision ?? revision;
    if (revision !== seen) throw await changedMeanwhile(client, id, { revision, seen });
  }
  return new Map(held.map((record) => [record.id, record]));
}

async function changedMeanwhile(
  client: PoolClient,
  id: string,
  { revision, seen }: { revision: number; seen: number },
): Promise<WaybillError> {
  const { rows } = await client.query<{ by: string }>(
    "select by from waybill.record_changes where record_id = $1 order by id desc limit 1",
    [id],
  );
  const who = rows[0] ? nameOfActor(rows[0].by) : "A resubmission";
  const what =
    seen > revision
      ? `The record ${id} is at revision ${revision}, not yet at ${seen}`
      : `${who} has changed the record ${id} since you read it (it is at revision ${revision})`;
  const message = `${what}, so nothing was saved. Look at it as it stands now, then edit it again.`;
  return new WaybillError("record_changed", message, { record: id, revision });
}

import { transaction } from "@waybill/db";
import type { PoolClient } from "pg";
import type { Services } from "../context.ts";
import { isWorldFault } from "../engine/world-fault.ts";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Place } from "../rejected/find-in-order.ts";
import { changeable, conditionsOf } from "../rejected/record-filter.ts";
import { writeEdits } from "../rejected/write-edits.ts";
import type { RunNote } from "../run/run-summary.ts";
import { compileChange } from "./bulk-change.ts";
import { type ChangedRows, changeOfColumn, changeRows, countHealed } from "./change-rows.ts";
import { type HeldBulkEdit, holdOldest } from "./held-bulk-edit.ts";
import { readRows } from "./read-rows.ts";
import { changedValue, readUndo, valueStands } from "./read-undo.ts";

/** What one part did, and where the next one goes on; null after the last. */
interface Part {
  changed: ChangedRows[];
  lookedAt: number;
  position: unknown;
}

/**
 * Does the next part of the oldest bulk edit that no other worker is at, in one transaction: its edits, its counts and its
 * place together, so that a worker that dies has done it wholly or not at all. Gives whether there may be more to do. An
 * edit that cannot go on ends as failed. Throws when the world failed.
 */
export async function workOff(services: Services): Promise<boolean> {
  let id: string | undefined;
  try {
    return await transaction(services.database, async (client) => {
      const edit = await holdOldest(client);
      if (!edit) return false;
      id = edit.id;
      const part =
        edit.kind === "change" ? await changePart(services, client, edit) : await undoPart(services, client, edit);
      const actor = { id: edit.by, name: edit.by };
      for (const { rules, edits } of part.changed) {
        await writeEdits({ ...services, actor }, client, rules, edits, edit.id);
      }
      await keepPart(services, client, edit.id, part);
      // The last part waits for the disk, and with it all before. A part that a crash takes back is done again.
      if (part.position !== null) await client.query("set local synchronous_commit = off");
      if (part.position === null && edit.kind === "undo") await letUndoAgain(client, edit);
      return true;
    });
  } catch (error) {
    if (id === undefined || isWorldFault(error)) throw error;
    await endAsFailed(services, id, error);
    return true;
  }
}

async function changePart(services: Services, client: PoolClient, edit: HeldBulkEdit): Promise<Part> {
  const conditions = changeable(await conditionsOf(services, edit.filter));
  const after = edit.position as Place;
  const { records, next } = await readRows(
    client,
    { conditions, after, count: limits.bulkEditStepRecords },
    "for update of r",
  );
  const change = changeOfColumn(edit.change, compileChange(edit.change));
  return {
    changed: await changeRows(services, client, records, change),
    lookedAt: records.length,
    position: next,
  };
}

async function undoPart(services: Services, client: PoolClient, edit: HeldBulkEdit): Promise<Part> {
  const { records, values, last, lookedAt } = await readUndo(client, edit, limits.bulkEditStepRecords);
  return {
    changed: await changeRows(services, client, records, ({ id }) => values.get(id) ?? {}),
    lookedAt,
    position: lookedAt === limits.bulkEditStepRecords ? last : null,
  };
}

async function keepPart(services: Services, client: PoolClient, id: string, part: Part): Promise<void> {
  const edits = part.changed.flatMap((one) => one.edits);
  const over = part.position === null;
  await client.query(
    `update waybill.bulk_edits set looked_at_count = looked_at_count + $2, changed_count = changed_count + $3,
       healed_count = healed_count + $4, position = coalesce($5, position),
       status = case when $6 then 'completed' else status end, finished_at = case when $6 then $7::timestamptz end
     where id = $1`,
    [
      id,
      part.lookedAt,
      edits.length,
      countHealed(edits),
      over ? null : JSON.stringify(part.position),
      over,
      services.clock.now(),
    ],
  );
}

/** Where records that are not open kept what a bulk edit made of them, it can be undone again once they are. */
async function letUndoAgain(client: PoolClient, { undoOf }: HeldBulkEdit): Promise<void> {
  await client.query(
    `update waybill.bulk_edits set undone = false where id = $1 and exists (
       select from waybill.record_changes c ${changedValue} where c.bulk_edit_id = $1 and r.state <> 'open' and ${valueStands})`,
    [undoOf],
  );
}

async function endAsFailed(services: Services, id: string, error: unknown): Promise<void> {
  if (!(error instanceof WaybillError)) services.log.error({ err: error, bulkEdit: id }, "A bulk edit met a fault.");
  await services.database.pool.query(
    `update waybill.bulk_edits set status = 'failed', failure = $2, finished_at = $3
     where id = $1 and status = 'in_progress'`,
    [id, JSON.stringify(failureOf(error)), services.clock.now()],
  );
}

function failureOf(error: unknown): RunNote {
  if (error instanceof WaybillError) return { code: error.code, message: error.message };
  return { code: "unexpected", message: "Waybill met a fault of its own. The server's log says more." };
}

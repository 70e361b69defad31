import { expect, test, vi } from "vitest";
import { bulkChange } from "../bulk-edit/bulk-change.ts";
import { getBulkEdit } from "../bulk-edit/read-bulk-edit.ts";
import { startBulkEdit } from "../bulk-edit/start-bulk-edit.ts";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
import { countRecords, countRecordsInput } from "../rejected/count-records.ts";
import { resubmitRecords, resubmitRecordsInput } from "../rejected/resubmit-records.ts";
import { getRun } from "../run/read-run.ts";
import { startGate } from "../testing/gate.ts";
import { rejectPeople } from "../testing/rejected-people.ts";
import { endOf, told } from "../testing/run-file.ts";
import { startWorkerProcess } from "../testing/start-worker-process.ts";
import { openTestWaybill } from "../testing/test-services.ts";

const workerTimes = { beatSeconds: 0.3, leaseSeconds: 1.5, rescueSeconds: 0.2, giveBackSeconds: 20 };
const patience = { timeout: 45_000, interval: 50 };
const destination = "{ table: public.people, mode: insert }";
const onError = "{ stopAfterRejected: 1000000 }";

test("a bulk edit and a resubmission go on elsewhere when their worker is killed, and each record is changed and loaded once", async () => {
  const ctx = await openTestWaybill({ worker: false, workerTimes });
  const count = 2.5 * limits.batchRecords;
  await ctx.database.pool.query("create table public.people (id text, name text, wage numeric, team text)");
  const { run } = await rejectPeople(ctx, {
    content: paidInEuro(count),
    parts: { recordKey: "[]", destination, onError },
  });
  expect(run.counts.rejected).toBe(count);

  const gate = await startGate(
    ctx,
    "waybill.bulk_edits",
    `update`,
    `new.changed_count > ${limits.bulkEditStepRecords}`,
  );
  const killed = startWorkerProcess(ctx);
  const change = bulkChange.parse({ kind: "replace", column: "wage", find: "EUR ", with: "" });
  const edit = await startBulkEdit(ctx, { filter: { run: run.id }, change });
  await gate.reached();
  killed.child.kill("SIGKILL");
  startWorkerProcess(ctx);
  await gate.open();
  await vi.waitUntil(async () => (await getBulkEdit(ctx, { bulkEdit: edit.id })).status !== "in_progress", patience);
  expect(await getBulkEdit(ctx, { bulkEdit: edit.id })).toMatchObject({
    status: "completed",
    counts: { lookedAt: count, changed: count, healed: count },
  });
  expect(await changes(ctx)).toEqual({ all: count, records: count });

  const loading = await startGate(ctx, "public.people", "insert", "new.wage > 10010");
  const { runs } = await resubmitRecords(ctx, resubmitRecordsInput.parse({ of: { filter: { run: run.id } } }));
  const again = runs[0]?.id ?? "";
  await loading.reached();
  const [{ pid }] = (
    await ctx.database.pool.query(
      "select w.pid from waybill.runs r join waybill.workers w on w.id = r.held_by where r.id = $1",
      [again],
    )
  ).rows;
  process.kill(pid, "SIGKILL");
  startWorkerProcess(ctx);
  await loading.open();
  expect(await endOf(ctx, again)).toMatchObject({ status: "completed", counts: { read: count, inserted: count } });
  expect(await told(ctx, again)).toMatch(/A worker was lost/);
  const { rows } = await ctx.database.pool.query(
    "select count(*)::int as all, count(distinct wage)::int as different from public.people",
  );
  expect(rows).toEqual([{ all: count, different: count }]);
  const { states } = await countRecords(ctx, countRecordsInput.parse({ filter: { run: run.id } }));
  expect(states).toEqual({ open: 0, resubmitting: 0, resolved: count, dismissed: 0 });
  expect((await getRun(ctx, { run: run.id })).madeRuns).toMatchObject([{ id: again, resolved: count }]);
  expect(await changes(ctx)).toEqual({ all: count, records: count });
}, 90_000);

async function changes(ctx: Context) {
  const { rows } = await ctx.database.pool.query(
    "select count(*)::int as all, count(distinct record_id)::int as records from waybill.record_changes",
  );
  return rows[0];
}

function paidInEuro(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `P1,Ann,EUR ${index + 1},A\n`);
  return `id,name,wage,team\n${lines.join("")}`;
}

import { expect, test } from "vitest";
import { executeRun } from "../engine/execute-run.ts";
import { editRecords } from "../rejected/edit-records.ts";
import { resubmitRecords, resubmitRecordsInput } from "../rejected/resubmit-records.ts";
import { getRun } from "../run/read-run.ts";
import { rejectPeople } from "../testing/rejected-people.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { purgeOnce } from "./purge-once.ts";

const keep = { runsDays: 30, filesDays: null, rejectedDays: null, logsDays: null };

test("a run whose records are being sent again stays until that is over, then goes with all that was done to them", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { run, records } = await rejectPeople(ctx);
  const [first] = records;
  const values = { name: "Eve", wage: "3", team: "B" };
  await editRecords(ctx, { edits: [{ record: first?.id ?? "", revision: 0, values }] });
  ctx.clock.set("2027-01-24T09:30:00.000Z");
  const { runs } = await resubmitRecords(ctx, resubmitRecordsInput.parse({ of: { filter: { run: run.id } } }));
  expect(await purgeOnce(ctx, keep)).toEqual({});
  await executeRun(ctx, runs[0]?.id ?? "", new AbortController().signal);
  expect(await purgeOnce(ctx, keep)).toMatchObject({ runs: 1, rejectedRecords: 2 });
  expect(await getRun(ctx, { run: runs[0]?.id ?? "" })).toMatchObject({ counts: { accepted: 1 }, fromRun: null });
  for (const table of ["record_changes", "resubmitted_records", "rejected_records"]) {
    const { rows } = await ctx.database.pool.query(`select count(*)::int as count from waybill.${table}`);
    expect(rows, table).toEqual([{ count: 0 }]);
  }
});

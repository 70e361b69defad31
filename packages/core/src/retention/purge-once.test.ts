import { expect, test } from "vitest";
import { makeSignInLink } from "../access/sign-in.ts";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { listRejected, listRejectedInput } from "../rejected/list-rejected.ts";
import { writeErrorsCsv } from "../rejected/write-errors-csv.ts";
import { listRuns, listRunsInput } from "../run/list-runs.ts";
import { getRun } from "../run/read-run.ts";
import { rerun } from "../run/rerun.ts";
import { listRunLog, listRunLogInput } from "../run/run-log.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { runStatuses } from "../run/status.ts";
import { getFile, readFileBytes } from "../stored-file/read-file.ts";
import { addPastRuns } from "../testing/past-runs.ts";
import { endOf, keepFile, runFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { purgeOnce } from "./purge-once.ts";
import type { Retention } from "./retention.ts";

const day = 24 * 60 * 60 * 1_000;
const second = 1_000;
const forever: Retention = { runsDays: null, filesDays: null, rejectedDays: null, logsDays: null };
const yaml = testDefinition({
  attachments: "[{ key: codes, label: Codes, required: false, columns: [code] }]",
  fields: "[{ name: id, type: text, required: true, unique: true }]",
});

test("runs go with all that hangs on them once they are older than they are kept, and not a second before", async () => {
  const ctx = await openTestWaybill();
  const run = await runRejecting(ctx);
  later(ctx, 30 * day);
  expect(await purgeOnce(ctx, { ...forever, runsDays: 30 })).toEqual(nothing);
  later(ctx, second);
  const purged = await purgeOnce(ctx, { ...forever, runsDays: 30 });
  expect(purged).toMatchObject({ runs: 1, rejectedRecords: 2 });
  await expect(getRun(ctx, { run: run.id })).rejects.toMatchObject({ code: "run_unknown" });
  for (const table of ["run_log", "rejected_records", "run_issue_counts", "run_attachments"]) {
    expect(await countOf(ctx, table), table).toBe(0);
  }
  expect(await purgeOnce(ctx, { ...forever, runsDays: 30 })).toEqual(nothing);
});

test("a run that is not over stays, however old it is", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const source = await keepFile(ctx, "source.csv", "id\n1\n");
  await applyPeople(ctx);
  const queued = await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile: source.id }));
  const runs = runStatuses.map((status) => ({ name: status, status, integration: "people", at: ctx.clock.now() }));
  await addPastRuns(ctx, runs);
  // No run that is not over has an end; not even one that had would go.
  await ctx.database.pool.query("update waybill.runs set finished_at = created_at");
  later(ctx, 400 * day);
  await purgeOnce(ctx, { runsDays: 1, filesDays: 1, rejectedDays: 1, logsDays: 1 });
  const left = await listRuns(ctx, listRunsInput.parse({}));
  const names = ["in_progress", "scheduled", "scheduled_but_deleted", queued.name];
  expect(left.items.map((run) => run.name).sort()).toEqual(names.sort());
  expect((await getFile(ctx, { file: source.id })).id).toBe(source.id);
});

test("rejected records go before their run: counts stay, and what asks for them is told when and why", async () => {
  const ctx = await openTestWaybill();
  const run = await runRejecting(ctx);
  const clean = await runFile(ctx, yaml, { content: "id\n1\n" });
  later(ctx, 10 * day);
  const keep = { ...forever, runsDays: 30, rejectedDays: 10 };
  expect(await purgeOnce(ctx, keep)).toEqual(nothing);
  later(ctx, second);
  expect(await purgeOnce(ctx, keep)).toEqual({ ...nothing, rejectedRecords: 2 });
  const summary = await getRun(ctx, { run: run.id });
  expect(summary.counts).toEqual(run.counts);
  expect(summary.issues).toEqual(run.issues);
  expect(summary.rejectedPurgedAt).toBe(ctx.clock.now().toISOString());
  expect(summary.notes).toEqual([
    {
      code: "rejected_purged",
      message: expect.stringMatching(/purged on 2026-12-04.*10 days.*WAYBILL_KEEP_REJECTED_DAYS.*run its file again/),
    },
  ]);
  const gone = { code: "rejected_purged", message: summary.notes[0]?.message };
  await expect(listRejected(ctx, listRejectedInput.parse({ run: run.id }))).rejects.toMatchObject(gone);
  await expect(writeErrorsCsv(ctx, run.id).next()).rejects.toMatchObject(gone);
  const other = await getRun(ctx, { run: clean.id });
  expect([other.notes, other.rejectedPurgedAt]).toEqual([[], null]);
  expect((await listRejected(ctx, listRejectedInput.parse({ run: clean.id }))).items).toEqual([]);
});

test("a log goes before its run, and says so in its place", async () => {
  const ctx = await openTestWaybill();
  const run = await runRejecting(ctx);
  later(ctx, 7 * day);
  expect(await purgeOnce(ctx, { ...forever, logsDays: 7 })).toEqual(nothing);
  later(ctx, second);
  expect((await purgeOnce(ctx, { ...forever, logsDays: 7 })).logLines).toBeGreaterThan(1);
  const log = await listRunLog(ctx, listRunLogInput.parse({ run: run.id }));
  expect(log.items.map((line) => [line.event, line.message])).toEqual([
    ["log_purged", expect.stringMatching(/purged.*7 days.*WAYBILL_KEEP_LOGS_DAYS/)],
  ]);
  expect(await purgeOnce(ctx, { ...forever, logsDays: 7 })).toEqual(nothing);
});

test("details that are to be kept longer than their run end with it", async () => {
  const ctx = await openTestWaybill();
  await runRejecting(ctx);
  later(ctx, 30 * day + second);
  const purged = await purgeOnce(ctx, { ...forever, runsDays: 30, rejectedDays: 60 });
  expect(purged).toMatchObject({ runs: 1, rejectedRecords: 2 });
});

test("a file goes once it is old and no run pins it, as its source or as an attachment", async () => {
  const ctx = await openTestWaybill();
  const [source, attachment, loose] = [
    await keepFile(ctx, "source.csv", "id\n1\n"),
    await keepFile(ctx, "codes.csv", "code\nA\n"),
    await keepFile(ctx, "loose.csv", "id\n2\n"),
  ];
  await applyPeople(ctx);
  const request = { integration: "people", sourceFile: source.id, attachments: { codes: attachment.id } };
  const run = await endOf(ctx, (await startRun(ctx, startRunInput.parse(request))).id);
  later(ctx, 5 * day);
  expect(await purgeOnce(ctx, { ...forever, filesDays: 5 })).toEqual(nothing);
  later(ctx, second);
  expect(await purgeOnce(ctx, { ...forever, filesDays: 5 })).toMatchObject({ files: 1 });
  await expect(getFile(ctx, { file: loose.id })).rejects.toMatchObject({ code: "file_unknown" });
  expect((await endOf(ctx, (await rerun(ctx, { run: run.id })).id)).status).toBe("completed");
  later(ctx, 100 * day);
  expect(await purgeOnce(ctx, { ...forever, filesDays: 5, runsDays: 50 })).toMatchObject({ runs: 2, files: 2 });
  expect(await countOf(ctx, "stored_files")).toBe(0);
});

test.each(["source.csv", "codes.csv"])(
  "the run that starts while a file of it is purged names it (%s)",
  async (gone) => {
    const ctx = await openTestWaybill({ worker: false });
    const source = await keepFile(ctx, "source.csv", "id\n1\n");
    const codes = await keepFile(ctx, "codes.csv", "code\nA\n");
    await applyPeople(ctx);
    await ctx.database.pool.query(
      `create function public.purge() returns trigger language plpgsql as $$
       begin delete from waybill.stored_files where name = '${gone}'; return new; end $$;
     create trigger purge before insert on waybill.runs for each row execute function public.purge()`,
    );
    const request = { integration: "people", sourceFile: source.id, attachments: { codes: codes.id } };
    const message = expect.stringContaining(`There is no file ${gone === "source.csv" ? source.id : codes.id}.`);
    await expect(startRun(ctx, startRunInput.parse(request))).rejects.toMatchObject({ code: "file_unknown", message });
  },
);

test("what was left behind goes: chunks without a file, links that are too old, values of runs that are over", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const kept = await keepFile(ctx, "kept.csv", "id\n1\n");
  await applyPeople(ctx);
  const at = ctx.clock.now();
  const [over, running] = await addPastRuns(ctx, [
    { name: "over", integration: "people", at },
    { name: "running", integration: "people", at, status: "in_progress" },
  ]);
  await ctx.database.pool.query(
    `insert into waybill.run_seen_values values ($1, 'id', 'a', 1), ($1, 'id', 'b', 2), ($2, 'id', 'a', 1), ($3, 'id', 'a', 1)`,
    [over, running, "01000000-0000-7000-8000-000000000000"],
  );
  const old = idAt(at.getTime() - day - 1);
  const young = idAt(at.getTime() - day);
  await ctx.database.pool.query(
    `insert into waybill.stored_file_chunks select id, index, 'x'
     from unnest($1::uuid[]) given (id), generate_series(0, 2) index`,
    [[old, young]],
  );
  await makeSignInLink(ctx);
  expect(await purgeOnce(ctx, forever)).toEqual({ ...nothing, fileChunks: 3, seenValues: 3 });
  later(ctx, day);
  expect(await purgeOnce(ctx, forever)).toEqual({ ...nothing, fileChunks: 3, expiredCredentials: 1 });
  expect(await countOf(ctx, "run_seen_values")).toBe(1);
  for await (const bytes of readFileBytes(ctx, kept.id)) expect(String(bytes)).toBe("id\n1\n");
  expect(await countOf(ctx, "stored_file_chunks")).toBe(1);
});

test("several purgers at once take everything, once, in small steps", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyPeople(ctx);
  const at = ctx.clock.now();
  const runs = Array.from({ length: 30 }, (_, number) => ({ name: `${number}`, integration: "people", at }));
  const ids = await addPastRuns(ctx, runs);
  await ctx.database.pool.query(
    `insert into waybill.run_log (run_id, at, level, event, message)
     select id, $2, 'info', 'x', 'x' from unnest($1::uuid[]) given (id), generate_series(1, 20)`,
    [ids, at],
  );
  later(ctx, 2 * day);
  const purge = () => {
    const batch = { runs: 7, rows: 50, files: 2, chunks: 2, chunksLookedAt: 3 };
    return purgeOnce(ctx, { ...forever, runsDays: 1 }, { batch, pauseMilliseconds: 0 });
  };
  const purged = await Promise.all([purge(), purge(), purge(), purge()]);
  const total = (what: "runs" | "logLines") => purged.reduce((sum, one) => sum + (one[what] ?? 0), 0);
  expect([total("runs"), total("logLines")]).toEqual([30, 600]);
  expect([await countOf(ctx, "runs"), await countOf(ctx, "run_log")]).toEqual([0, 0]);
});

test("a purge that is told to stop takes nothing more", async () => {
  const ctx = await openTestWaybill();
  await runRejecting(ctx);
  later(ctx, 2 * day);
  expect(await purgeOnce(ctx, { ...forever, runsDays: 1 }, { signal: AbortSignal.abort() })).toEqual({});
  expect(await countOf(ctx, "runs")).toBe(1);
});

const nothing = {};

function later(ctx: Context & { clock: { set(iso: string): void } }, milliseconds: number): void {
  ctx.clock.set(new Date(ctx.clock.now().getTime() + milliseconds).toISOString());
}

async function applyPeople(ctx: Context): Promise<void> {
  await applyIntegration(ctx, { yaml });
}

async function runRejecting(ctx: Context): Promise<RunSummary> {
  return await runFile(ctx, yaml, { content: "id\n1\n1\n1\n" });
}

async function countOf(ctx: Context, table: string): Promise<number> {
  const { rows } = await ctx.database.pool.query<{ count: number }>(
    `select count(*)::int as count from waybill.${table}`,
  );
  return rows[0]?.count ?? 0;
}

function idAt(milliseconds: number): string {
  const hex = milliseconds.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

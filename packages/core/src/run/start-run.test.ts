import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { limits } from "../limits.ts";
import { endOf, keepFile, runFile } from "../testing/run-file.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { cancelRun } from "./cancel-run.ts";
import { listRuns, listRunsInput } from "./list-runs.ts";
import { getRun } from "./read-run.ts";
import { rerun, rerunInput } from "./rerun.ts";
import { listRunLog, listRunLogInput } from "./run-log.ts";
import { startRun, startRunInput } from "./start-run.ts";

const yaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
parameters:
  - { key: day, type: date, default: today }
  - { key: password, type: secret }
attachments:
  - { key: codes, required: false, columns: [code] }
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;

describe("a name", () => {
  test("is by default the integration's, with the date and time, and never taken", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const names = [await start(ctx), await start(ctx), await start(ctx)].map((run) => run.name);
    expect(names).toEqual([
      "People 2026-11-24 10:30:00",
      "People 2026-11-24 10:30:00 (2)",
      "People 2026-11-24 10:30:00 (3)",
    ]);
  });

  test("that is taken is refused, and no run is made", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await start(ctx, { name: "November" });
    await expect(start(ctx, { name: "November" })).rejects.toMatchObject({ code: "run_name_taken" });
    expect((await listRuns(ctx, listRunsInput.parse({}))).items).toHaveLength(1);
  });

  test("may be as long as the limit and not longer, and holds no NUL", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const longest = "n".repeat(limits.runNameCharactersMax);
    expect((await start(ctx, { name: longest })).name).toBe(longest);
    await expect(start(ctx, { name: `${longest}n` })).rejects.toMatchObject({ code: "run_name_invalid" });
    await expect(start(ctx, { name: "a\0b" })).rejects.toMatchObject({ code: "run_name_invalid" });
  });
});

test("a name that would turn the text around it is refused", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const request = { integration: "people", name: "evil \u202e name" };
  await expect(start(ctx, request)).rejects.toMatchObject({ code: "run_name_invalid" });
});

describe("an idempotency key", () => {
  test("gives the same run for the same request, also at the same time, and an error for another", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const source = await keepSource(ctx);
    const request = { sourceFile: source, idempotencyKey: "k1", name: "Once" };
    const runs = await Promise.all([start(ctx, request), start(ctx, request), start(ctx, request)]);
    expect(new Set(runs.map((run) => run.id)).size).toBe(1);
    await expect(start(ctx, { ...request, test: true })).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect((await listRuns(ctx, listRunsInput.parse({}))).items).toHaveLength(1);
  });

  test("takes the same parameters in another order for the same request", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const request = { sourceFile: await keepSource(ctx), idempotencyKey: "k1" };
    const first = await start(ctx, { ...request, parameters: { day: "2026-01-02", password: "hush" } });
    const second = await start(ctx, { ...request, parameters: { password: "hush", day: "2026-01-02" } });
    expect(second.id).toBe(first.id);
  });

  test("takes files that were sent again for the same request, and files with other bytes for another", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const send = async (codes: string) => ({
      idempotencyKey: "k1",
      sourceFile: await keepSource(ctx),
      attachments: { codes: (await keepFile(ctx, "codes.csv", codes)).id },
    });
    const first = await start(ctx, await send("code\nA\n"));
    expect((await start(ctx, await send("code\nA\n"))).id).toBe(first.id);
    const other = start(ctx, await send("code\nB\n"));
    await expect(other).rejects.toMatchObject({ code: "idempotency_key_reused" });
  });
});

describe("what does not fit is refused, and there is no run:", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["an unknown parameter", { parameters: { dy: "x" } }, "parameter_unknown"],
    ["a parameter of the wrong type", { parameters: { day: "soon" } }, "parameter_invalid"],
    ["an unknown integration", { integration: "nobody" }, "integration_unknown"],
    ["no source file", { sourceFile: undefined }, "source_file_missing"],
    ["a file that is not there", { sourceFile: "01a20b57-fe1e-74a6-bf37-95105e49ef27" }, "file_unknown"],
  ])("%s", async (_, request, code) => {
    const ctx = await openTestWaybill({ worker: false });
    await expect(start(ctx, request)).rejects.toMatchObject({ code });
    expect((await listRuns(ctx, listRunsInput.parse({}))).items).toEqual([]);
  });

  test("an unknown attachment, and one that is missing", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const file = await keepSource(ctx);
    await expect(start(ctx, { attachments: { cods: file } })).rejects.toMatchObject({ code: "attachment_unknown" });
    const strict = yaml.replace("required: false", "required: true");
    await expect(start(ctx, {}, strict)).rejects.toMatchObject({ code: "attachment_missing" });
  });

  test("a csv of more than 1 MiB, where one of exactly that starts", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const text = `id\n${"x".repeat(1024 * 1024 - 3)}`;
    const fits = await keepFile(ctx, "a.csv", text);
    expect((await start(ctx, { sourceFile: fits.id })).status).toBe("in_progress");
    const large = await keepFile(ctx, "a.csv", `${text}x`);
    await expect(start(ctx, { sourceFile: large.id })).rejects.toMatchObject({ code: "file_too_large" });
  });

  test("an integration that was deleted, until it is applied again", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await start(ctx);
    await deleteIntegration(ctx, { key: "people" });
    const sourceFile = await keepSource(ctx);
    const request = startRunInput.parse({ integration: "people", sourceFile });
    await expect(startRun(ctx, request)).rejects.toMatchObject({ code: "integration_deleted" });
    expect(await applyIntegration(ctx, { yaml })).toMatchObject({ outcome: "restored", version: 1 });
    expect((await startRun(ctx, request)).status).toBe("in_progress");
  });

  test("bytes that were loaded before, where the definition refuses them", async () => {
    const ctx = await openTestWaybill();
    const strict = yaml.replace("fields:", "source: { sameBytes: refuse }\nfields:");
    await runFile(ctx, strict, { content: "id\n1\n" });
    await expect(runFile(ctx, strict, { content: "id\n1\n" })).rejects.toMatchObject({ code: "same_bytes_refused" });
  });

  test("bytes that a failed run loaded in part, not those that it left out whole", async () => {
    const ctx = await openTestWaybill();
    const strict = yaml.replace("fields:", "source: { sameBytes: refuse }\nonError: { stopAfterRejected: 0 }\nfields:");
    const content = 'id\n1\n"2"x\n';
    const whole = strict.replace("stopAfterRejected: 0", "commit: all-or-nothing");
    expect((await runFile(ctx, whole, { content })).status).toBe("failed");
    expect((await runFile(ctx, strict, { content })).status).toBe("failed");
    await expect(runFile(ctx, strict, { content })).rejects.toMatchObject({ code: "same_bytes_refused" });
  });

  test("bytes that another run loads, started in the same moment", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const strict = yaml.replace("fields:", "source: { sameBytes: refuse }\nfields:");
    await applyIntegration(ctx, { yaml: strict });
    const request = startRunInput.parse({ integration: "people", sourceFile: await keepSource(ctx) });
    const started = await Promise.allSettled(Array.from({ length: 5 }, () => startRun(ctx, request)));
    const refused = started.flatMap((one) => (one.status === "rejected" ? one.reason.code : []));
    expect(refused).toEqual(Array.from({ length: 4 }, () => "same_bytes_refused"));
  });
});

test("a secret is masked wherever people look, and reaches the run again", async () => {
  const ctx = await openTestWaybill();
  const run = await runFile(ctx, yaml, { content: "id\n1\n" }, { parameters: { password: "hush" } });
  expect(run.parameters).toEqual({ day: "2026-11-24", password: "********" });
  const made = await rerun(ctx, rerunInput.parse({ run: run.id }));
  expect((await endOf(ctx, made.id)).parameters).toMatchObject({ password: "********" });
  const { rows } = await ctx.database.pool.query("select r::text as text from waybill.runs r");
  expect(rows.map((row) => row.text).join()).not.toContain("hush");
});

test("a secret cannot be found by trying requests against what is kept of them", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const request = { sourceFile: await keepSource(ctx), parameters: { password: "4711" } };
  await start(ctx, { ...request, idempotencyKey: "k1" });
  await start({ ...ctx, masterKey: Buffer.alloc(32) }, { ...request, idempotencyKey: "k2" });
  const { rows } = await ctx.database.pool.query("select distinct request_sha256 from waybill.runs");
  expect(rows).toHaveLength(2);
});

test("a secret stays out of a run again where its parameter is none any more", async () => {
  const ctx = await openTestWaybill();
  const run = await runFile(ctx, yaml, { content: "id\n1\n" }, { parameters: { password: "hush" } });
  await applyIntegration(ctx, { yaml: yaml.replace("key: password, type: secret", "key: password, type: text") });
  const made = await rerun(ctx, rerunInput.parse({ run: run.id }));
  expect(made.parameters).toEqual({ day: "2026-11-24", password: null });
});

describe("cancel", () => {
  test("ends a run that waits at once, and refuses one that is over", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const run = await start(ctx);
    expect(await cancelRun(ctx, { run: run.id })).toMatchObject({
      status: "cancelled",
      phase: null,
      phases: [{ phase: "queued", finishedAt: "2026-11-24T09:30:00.000Z" }],
    });
    await expect(cancelRun(ctx, { run: run.name })).rejects.toMatchObject({ code: "run_already_final" });
  });

  test("stops a run that loads after the batch that it writes", async () => {
    const ctx = await openTestWaybill();
    await applyIntegration(ctx, { yaml });
    const lines = Array.from({ length: 120_000 }, (_, index) => `${index}\n`);
    const source = await keepFile(ctx, "a.csv", `id\n${lines.join("")}`);
    const hold = await ctx.database.pool.connect();
    await hold.query("begin");
    await hold.query(`select pg_advisory_xact_lock(hashtextextended('load:"waybill_data"."people"', 0))`);
    const run = await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile: source.id }));
    const cancelled = await cancelRun(ctx, { run: run.id });
    await hold.query("commit");
    hold.release();
    expect(cancelled.name).toBe(run.name);
    const end = await endOf(ctx, run.id);
    expect(end.status).toBe("cancelled");
    expect(end.counts.read).toBeLessThan(120_000);
  });
});

test("a run says who started it, and whether it may be repeated", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await start(ctx);
  expect(await getRun(ctx, { run: id })).toMatchObject({ startedBy: "Local administrator", rerunAllowed: true });
  expect((await listRuns(ctx, listRunsInput.parse({}))).items[0]?.startedBy).toBe("Local administrator");
  await deleteIntegration(ctx, { key: "people" });
  expect((await getRun(ctx, { run: id })).rerunAllowed).toBe(false);
  await applyIntegration(ctx, { yaml });
  expect((await getRun(ctx, { run: id })).rerunAllowed).toBe(true);
});

test("a run again is refused while the run goes on, and where the definition says so", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const run = await start(ctx);
  await expect(rerun(ctx, rerunInput.parse({ run: run.id }))).rejects.toMatchObject({ code: "run_not_final" });
  await cancelRun(ctx, { run: run.id });
  await applyIntegration(ctx, { yaml: `${yaml}rerun: false\n` });
  expect((await getRun(ctx, { run: run.id })).rerunAllowed).toBe(false);
  await expect(rerun(ctx, rerunInput.parse({ run: run.id }))).rejects.toMatchObject({ code: "rerun_refused" });
});

test("the list pages through all runs once, newest first, and filters", async () => {
  const ctx = await openTestWaybill({ worker: false });
  for (let number = 1; number <= 5; number++) {
    ctx.clock.set(`2026-11-24T09:0${number}:00.000Z`);
    await start(ctx, { name: `Run ${number}` });
  }
  await cancelRun(ctx, { run: "Run 3" });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRuns>> = await listRuns(ctx, listRunsInput.parse({ limit: 2, cursor }));
    names.push(...page.items.map((run) => run.name));
    cursor = page.next;
  } while (cursor !== null);
  expect(names).toEqual(["Run 5", "Run 4", "Run 3", "Run 2", "Run 1"]);
  const cancelled = await listRuns(ctx, listRunsInput.parse({ status: ["cancelled"] }));
  expect(cancelled.items.map((run) => run.name)).toEqual(["Run 3"]);
  const found = await listRuns(ctx, listRunsInput.parse({ search: "run 4" }));
  expect(found.items.map((run) => run.name)).toEqual(["Run 4"]);
  await expect(listRuns(ctx, listRunsInput.parse({ cursor: "nonsense" }))).rejects.toMatchObject({
    code: "input_invalid",
  });
});

test("the log tells what happened, dated, in order", async () => {
  const ctx = await openTestWaybill();
  const skipping = yaml.replace("fields:", "skipWhen: [{ field: id, equals: s }]\nfields:");
  const run = await runFile(ctx, skipping, { content: 'id\n1\n2\n3\ns\ns\n""\n' });
  const { items } = await listRunLog(ctx, listRunLogInput.parse({ run: run.id }));
  expect(items.map((line) => line.event)).toEqual(["queued", "opened", "completed_with_errors"]);
  expect(items[2]?.message).toBe("The run is Completed with Errors: 3 accepted, 2 skipped, 1 rejected.");
  expect(items[0]).toMatchObject({ at: "2026-11-24T09:30:00.000Z", level: "info" });
});

test("a run is found by its id, and by its name even where that could be an id", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const named = await start(ctx, { name: "01a20b57-fe1e-74a6-bf37-95105e49ef27" });
  expect((await getRun(ctx, { run: named.name })).id).toBe(named.id);
  const other = await start(ctx, { name: named.id });
  expect((await getRun(ctx, { run: named.id })).id).toBe(named.id);
  expect((await getRun(ctx, { run: other.id })).id).toBe(other.id);
});

test("a run that nobody knows is said so", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await expect(getRun(ctx, { run: "nothing" })).rejects.toMatchObject({ code: "run_unknown" });
});

async function keepSource(ctx: Context): Promise<string> {
  return (await keepFile(ctx, "people.csv", "id\n1\n")).id;
}

async function start(ctx: Context, request: Record<string, unknown> = {}, definition = yaml) {
  await applyIntegration(ctx, { yaml: definition });
  const sourceFile = await keepSource(ctx);
  return await startRun(ctx, startRunInput.parse({ integration: "people", sourceFile, ...request }));
}

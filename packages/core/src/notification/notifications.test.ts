import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { fireSchedule } from "../schedule/fire-schedule.ts";
import { saveSchedule, saveScheduleInput } from "../schedule/save-schedule.ts";
import { startSet, startSetInput } from "../set/start-set.ts";
import { startMailServer } from "../testing/mail-server.ts";
import { applyNightly, endOfSet, keepPeople, nightlySet } from "../testing/nightly-set.ts";
import { endOf, keepFile, startFile } from "../testing/run-file.ts";
import { startWorkerProcess } from "../testing/start-worker-process.ts";
import { namedPeople, testDefinition } from "../testing/test-definition.ts";
import { fakeClock, openTestWaybill } from "../testing/test-services.ts";
import { receiverSecret, startReceiver } from "../testing/webhook-receiver.ts";
import { changeRuleInput, pauseRule, resumeRule } from "./change-rule.ts";
import { deliverDue } from "./deliver.ts";
import { listDeliveries, listDeliveriesInput } from "./deliveries.ts";
import { saveRule, saveRuleInput } from "./save-rule.ts";
import { sweep } from "./sweep.ts";
import { testRule } from "./test-rule.ts";

const everything = ["failed", "completed_with_errors", "recovered", "not_started", "slow"];
const people = testDefinition({ source: "{ sameBytes: silent }" });
const good = { content: "id\n1\n2\n" };
const faulty = { content: 'id\n1\n""\n' };
const broken = { content: "name\nAda\n" };

test("a scheduled run that fails is told by webhook and by e-mail, once each", async () => {
  const receiver = await startReceiver();
  const { smtpUrl, mails } = await startMailServer();
  const ctx = { ...(await open()), mail: { smtpUrl, from: "Waybill <waybill@example.com>" } };
  ctx.consoleAddress.url = "https://waybill.example.com";
  await startFile(ctx, people, broken);
  const at = new Date(Math.ceil((ctx.clock.now().getTime() + 1) / 60_000) * 60_000);
  const schedule = await saveSchedule(
    ctx,
    saveScheduleInput.parse({
      name: "Hourly people",
      integration: "people",
      sourceFile: (await keepFile(ctx, "people.csv", broken.content)).id,
      recurrence: { kind: "hourly", every: 1, timeZone: "UTC", start: at.toISOString().slice(0, 16) },
    }),
  );
  await tell(ctx, receiver.url, { name: "Hook", schedule: "Hourly people", events: ["failed"] });
  const addresses = ["ada@example.com", "nobody@example.com"];
  await saveRule(
    ctx,
    saveRuleInput.parse({ name: "Mail", events: ["failed"], integration: "people", email: { addresses } }),
  );
  ctx.clock.set(at.toISOString());
  await fireSchedule(ctx, schedule.id);
  const { rows } = await ctx.database.pool.query<{ id: string }>("select run_id as id from waybill.occurrences");
  const id = rows[0]?.id ?? "";
  await executeRun(ctx, id, new AbortController().signal);
  expect(await sweep(ctx)).toBe(2);
  expect(await sweep(ctx)).toBe(0);
  expect(await deliverDue(ctx)).toBe(2);
  expect(await deliverDue(ctx)).toBe(0);
  const [delivered] = receiver.messages.length === 1 ? receiver.messages : [];
  const url = `https://waybill.example.com/runs/${id}`;
  const named = { kind: "run", id, url, status: "failed", integration: { key: "people", name: "People" } };
  expect(delivered).toMatchObject({
    type: "run.failed",
    data: { ...named, rule: "Hook", schedule: { name: "Hourly people" }, failure: { code: "csv_column_missing" } },
  });
  expect(mails).toMatchObject([{ from: "waybill@example.com", to: ["ada@example.com"] }]);
  expect(mails[0]?.content).toMatch(/^Subject: \[Waybill\] Failed: People /m);
  expect(mails[0]?.content).toContain(url);
  const log = (await logOf(ctx)).map(({ channel, state, lastError }) => [channel, state, lastError]);
  expect(log.sort()).toEqual([
    ["email", "delivered", "Turned away: nobody@example.com."],
    ["webhook", "delivered", null],
  ]);
});

test("a receiver that is down gets it later, once, under the same id, and is told no redirect is followed", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["failed"] });
  await runTo(ctx, people, broken);
  await sweep(ctx);
  receiver.refuse(500, "http://127.0.0.1:1/elsewhere");
  await deliverDue(ctx);
  expect(await logOf(ctx)).toMatchObject([
    {
      state: "pending",
      attempts: 1,
      responseStatus: 500,
      responseBody: "not now",
      lastError: "The receiver answered 500.",
    },
  ]);
  expect(await deliverDue(ctx)).toBe(0);
  advance(ctx, 7);
  await deliverDue(ctx);
  expect((await logOf(ctx))[0]?.lastError).toContain(
    "a redirect to http://127.0.0.1:1/elsewhere, which is not followed",
  );
  advance(ctx, 40);
  await deliverDue(ctx);
  advance(ctx, 3_600);
  await deliverDue(ctx);
  expect(receiver.messages).toHaveLength(1);
  expect(receiver.ids).toHaveLength(3);
  expect(new Set(receiver.ids).size).toBe(1);
  expect(await logOf(ctx)).toMatchObject([{ state: "delivered", attempts: 3, responseStatus: 200, lastError: null }]);
});

test("whoever is never there is given up after nearly a day", async () => {
  const ctx = await open();
  await tell(ctx, "http://127.0.0.1:1/nobody", { events: ["failed"] });
  await runTo(ctx, people, broken);
  await sweep(ctx);
  const begun = ctx.clock.now().getTime();
  for (let state = "pending"; state === "pending"; ) {
    await deliverDue(ctx);
    const [delivery] = await logOf(ctx);
    state = delivery?.state ?? "";
    if (delivery?.nextTryAt) ctx.clock.set(delivery.nextTryAt);
  }
  expect(await logOf(ctx)).toMatchObject([
    { state: "failed", attempts: 9, lastError: expect.stringContaining("fetch failed") },
  ]);
  const hours = (ctx.clock.now().getTime() - begun) / 3_600_000;
  expect(hours).toBeGreaterThan(17);
  expect(hours).toBeLessThan(27);
});

test("however many workers look at once, it is taken down once and sent once", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["failed"] });
  for (let run = 0; run < 3; run += 1) await runTo(ctx, people, broken);
  const both = async () => {
    await sweep(ctx);
    await deliverDue(ctx);
  };
  await Promise.all(Array.from({ length: 6 }, both));
  await both();
  expect(receiver.messages).toHaveLength(3);
  expect(new Set(receiver.ids).size).toBe(3);
  expect(receiver.ids).toHaveLength(3);
});

test("two workers that are processes of their own send each once, and one that is killed keeps nothing back", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["failed"] });
  const first = startWorkerProcess(ctx);
  startWorkerProcess(ctx);
  for (let run = 0; run < 4; run += 1) await endOf(ctx, await startFile(ctx, people, broken));
  await expect.poll(() => receiver.messages.length, { timeout: 20_000 }).toBe(4);
  await expect.poll(async () => (await logOf(ctx)).map(attemptsOf)).toEqual(Array(4).fill("delivered 1"));
  first.child.kill("SIGKILL");
  for (let run = 0; run < 4; run += 1) await endOf(ctx, await startFile(ctx, people, broken));
  await expect.poll(() => receiver.messages.length, { timeout: 20_000 }).toBe(8);
  await expect.poll(async () => (await logOf(ctx)).map(attemptsOf)).toEqual(Array(8).fill("delivered 1"));
  expect(new Set(receiver.ids).size).toBe(8);
});

test("an end that commits long after others is found all the same", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["failed"] });
  const late = await startFile(ctx, people, broken, { name: "Late" });
  const client = await ctx.database.pool.connect();
  await client.query("begin");
  await client.query("update waybill.runs set status = 'failed', finished_at = $2 where id = $1", [
    late,
    ctx.clock.now(),
  ]);
  advance(ctx, 180);
  await runTo(ctx, people, broken, { name: "Quick" });
  await notify(ctx);
  advance(ctx, 90);
  await notify(ctx);
  expect(receiver.messages.map(({ data }) => data.name)).toEqual(["Quick"]);
  await client.query("commit");
  client.release();
  await notify(ctx);
  expect(receiver.messages.map(({ data }) => data.name)).toEqual(["Quick", "Late"]);
});

test("what a worker was sending as it died is sent by another one, once its lease is over", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["failed"] });
  await runTo(ctx, people, broken);
  await sweep(ctx);
  const leased = new Date(ctx.clock.now().getTime() + 60_000);
  await ctx.database.pool.query("update waybill.deliveries set attempts = 1, leased_until = $1", [leased]);
  advance(ctx, 59);
  expect(await deliverDue(ctx)).toBe(0);
  advance(ctx, 1);
  expect(await deliverDue(ctx)).toBe(1);
  expect(await logOf(ctx)).toMatchObject([{ state: "delivered", attempts: 2 }]);
});

test("a rule tells the events that it names, of what is no test, and that a run is well again", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await runTo(ctx, people, broken, { name: "Before the rule" });
  advance(ctx, 1);
  await tell(ctx, receiver.url, { events: everything });
  await runTo(ctx, people, broken, { name: "Trial", test: true });
  await runTo(ctx, people, faulty, { name: "With errors" });
  await runTo(ctx, people, good, { name: "Well again" });
  await runTo(ctx, people, good, { name: "Still well" });
  await runTo(ctx, people, broken, { name: "Not any more" });
  await runTo(ctx, people, good, { name: "Some records of it" });
  await ctx.database.pool.query("update waybill.runs set trigger = 'resubmit' where name = 'Some records of it'");
  await runTo(ctx, namedPeople.replace("key: people", "key: others"), broken, { name: "Other" });
  await notify(ctx);
  advance(ctx, 120);
  await runTo(ctx, people, good, { name: "Well at last" });
  await notify(ctx);
  expect(receiver.messages.map(({ type, data }) => `${type} ${data.name}`).sort()).toEqual([
    "run.completed_with_errors With errors",
    "run.failed Not any more",
    "run.failed Other",
    "run.recovered Well again",
    "run.recovered Well at last",
  ]);
  const withErrors = receiver.messages.find(({ data }) => data.name === "With errors");
  expect(withErrors?.data).toMatchObject({ counts: { read: 2, accepted: 1, skipped: 0, rejected: 1 } });
});

test("a set run notifies as a whole, and its steps do not", async () => {
  const receiver = await startReceiver();
  const ctx = await open({ worker: true });
  await applyNightly(ctx, nightlySet());
  await tell(ctx, receiver.url, { name: "All", events: everything });
  await tell(ctx, receiver.url, { name: "Of the set", events: everything, set: "nightly" });
  await tell(ctx, receiver.url, { name: "Of the step", events: everything, integration: "first" });
  const sourceFile = await keepPeople(ctx, { faulty: true });
  const { id } = await startSet(ctx, startSetInput.parse({ set: "nightly", sourceFile }));
  await endOfSet(ctx, id);
  await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBe(2);
  expect(receiver.messages.map(({ type, data }) => `${type} ${data.rule}`).sort()).toEqual([
    "set_run.failed All",
    "set_run.failed Of the set",
  ]);
  expect(receiver.messages[0]?.data.failure?.message).toMatch(/^Step 1 \(first\) ended Completed with Errors/);
});

test("what happens while a rule is paused is not told, also not later", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  const { id } = await tell(ctx, receiver.url, { events: ["failed"] });
  await pauseRule(ctx, changeRuleInput.parse({ rule: id }));
  await runTo(ctx, people, broken);
  await notify(ctx);
  advance(ctx, 1);
  await resumeRule(ctx, { rule: id });
  await runTo(ctx, people, broken, { name: "Told" });
  await notify(ctx);
  expect(receiver.messages.map(({ data }) => data.name)).toEqual(["Told"]);
  await expect(resumeRule(ctx, { rule: id })).rejects.toMatchObject({ code: "notification_paused" });
});

test("a run far slower than usual is told while it goes on, and not again when it is over", async () => {
  const receiver = await startReceiver();
  const ctx = await open();
  await tell(ctx, receiver.url, { events: ["slow"] });
  const times = async (run: string, seconds: number | null) =>
    await ctx.database.pool.query(
      `update waybill.runs set started_at = $2, finished_at = $2::timestamptz + $3 * interval '1 second',
         status = case when $3::int is null then 'in_progress' else status end where id = $1`,
      [run, ctx.clock.now(), seconds],
    );
  const usual = [30, 30, 40, 50];
  for (const seconds of usual) await times((await runTo(ctx, people, good)).id, seconds);
  const { id } = await runTo(ctx, people, good, { name: "Tonight" });
  await times(id, null);
  advance(ctx, 200);
  expect(await sweep(ctx)).toBe(0);
  await times((await runTo(ctx, people, good)).id, 30);
  expect(await sweep(ctx)).toBe(1);
  advance(ctx, 60);
  await ctx.database.pool.query("update waybill.runs set status = 'completed', finished_at = $2 where id = $1", [
    id,
    ctx.clock.now(),
  ]);
  await notify(ctx);
  expect(receiver.messages).toMatchObject([
    { type: "run.slow", data: { name: "Tonight", seconds: 200, usualSeconds: 30 } },
  ]);
});

test("a running worker looks by itself; a test message is answered at once", async () => {
  const receiver = await startReceiver();
  const ctx = await open({ worker: true });
  const { id } = await tell(ctx, receiver.url, { events: ["failed"] });
  expect(await testRule(ctx, { rule: id })).toEqual({ delivered: true, error: null, status: 200, body: "thank you" });
  expect(receiver.messages.map(({ type }) => type)).toEqual(["notification.test"]);
  receiver.refuse(403);
  expect(await testRule(ctx, { rule: id })).toMatchObject({ delivered: false, status: 403 });
  expect(await logOf(ctx)).toEqual([]);
  await endOf(ctx, await startFile(ctx, people, broken));
  await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBe(2);
});

async function open(options: { worker?: boolean } = {}) {
  // Receivers judge the time of a message by the machine's clock.
  return await openTestWaybill({ worker: false, ...options, clock: fakeClock(new Date().toISOString()) });
}

function advance(ctx: Awaited<ReturnType<typeof open>>, seconds: number) {
  ctx.clock.set(new Date(ctx.clock.now().getTime() + seconds * 1_000).toISOString());
}

async function tell(ctx: Context, url: string, more: object) {
  return await saveRule(
    ctx,
    saveRuleInput.parse({ name: "Night shift", webhook: { url, secret: receiverSecret }, ...more }),
  );
}

/** A run to its end, without a worker, which would look for notifications by itself. */
async function runTo(
  ctx: Context,
  ...asked: Parameters<typeof startFile> extends [Context, ...infer Rest] ? Rest : never
) {
  const id = await startFile(ctx, ...asked);
  await executeRun(ctx, id, new AbortController().signal);
  return await endOf(ctx, id);
}

async function notify(ctx: Context) {
  await sweep(ctx);
  await deliverDue(ctx);
}

function attemptsOf({ state, attempts }: { state: string; attempts: number }) {
  return `${state} ${attempts}`;
}

async function logOf(ctx: Context) {
  return (await listDeliveries(ctx, listDeliveriesInput.parse({}))).items;
}

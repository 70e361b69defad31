import { expect, test } from "vitest";
import { executeRun } from "../engine/execute-run.ts";
import { fireSchedule } from "../schedule/fire-schedule.ts";
import { saveSchedule, saveScheduleInput } from "../schedule/save-schedule.ts";
import { startSet, startSetInput } from "../set/start-set.ts";
import { startMailServer } from "../testing/mail-server.ts";
import { applyNightly, endOfSet, keepPeople, nightlySet } from "../testing/nightly-set.ts";
import { endOf, keepFile, startFile } from "../testing/run-file.ts";
import { namedPeople } from "../testing/test-definition.ts";
import { advance, broken, logOf, notify, openTelling, people, runTo, tell } from "../testing/told-people.ts";
import { startReceiver } from "../testing/webhook-receiver.ts";
import { changeRuleInput, pauseRule, resumeRule } from "./change-rule.ts";
import { deliverDue } from "./deliver.ts";
import { saveRule, saveRuleInput } from "./save-rule.ts";
import { sweep } from "./sweep.ts";
import { testRule } from "./test-rule.ts";

const everything = ["failed", "completed_with_errors", "recovered", "not_started", "slow"];
const good = { content: "id\n1\n2\n" };
const faulty = { content: 'id\n1\n""\n' };

test("a scheduled run that fails is told by webhook and by e-mail, once each", async () => {
  const receiver = await startReceiver();
  const { smtpUrl, mails } = await startMailServer();
  const ctx = { ...(await openTelling()), mail: { smtpUrl, from: "Waybill <waybill@example.com>" } };
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

test("an end that commits long after others is found all the same", async () => {
  const receiver = await startReceiver();
  const ctx = await openTelling();
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

test("a rule tells the events that it names, of what is no test, and that a run is well again", async () => {
  const receiver = await startReceiver();
  const ctx = await openTelling();
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
  const ctx = await openTelling({ worker: true });
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
  const ctx = await openTelling();
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
  const ctx = await openTelling();
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
  const ctx = await openTelling({ worker: true });
  const { id } = await tell(ctx, receiver.url, { events: ["failed"] });
  expect(await testRule(ctx, { rule: id })).toEqual({ delivered: true, error: null, status: 200, body: "thank you" });
  expect(receiver.messages.map(({ type }) => type)).toEqual(["notification.test"]);
  receiver.refuse(403);
  expect(await testRule(ctx, { rule: id })).toMatchObject({ delivered: false, status: 403 });
  expect(await logOf(ctx)).toEqual([]);
  await endOf(ctx, await startFile(ctx, people, broken));
  await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBe(2);
});

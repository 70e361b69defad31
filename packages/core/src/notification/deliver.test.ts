import { expect, test } from "vitest";
import { endOf, startFile } from "../testing/run-file.ts";
import { startWorkerProcess } from "../testing/start-worker-process.ts";
import { advance, broken, logOf, openTelling, people, runTo, tell } from "../testing/told-people.ts";
import { startReceiver } from "../testing/webhook-receiver.ts";
import { deliverDue } from "./deliver.ts";
import { sweep } from "./sweep.ts";

test("a receiver that is down gets it later, once, under the same id, and is told no redirect is followed", async () => {
  const receiver = await startReceiver();
  const ctx = await openTelling();
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
  const ctx = await openTelling();
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
  const ctx = await openTelling();
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
  const ctx = await openTelling();
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

test("what a worker was sending as it died is sent by another one, once its lease is over", async () => {
  const receiver = await startReceiver();
  const ctx = await openTelling();
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

function attemptsOf({ state, attempts }: { state: string; attempts: number }) {
  return `${state} ${attempts}`;
}

import { expect, test } from "vitest";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { pauseSchedule, resumeSchedule } from "../schedule/change-schedule.ts";
import { fireSchedule } from "../schedule/fire-schedule.ts";
import { saveSchedule, saveScheduleInput } from "../schedule/save-schedule.ts";
import { keepPeople } from "../testing/nightly-set.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { fakeClock, openTestWaybill } from "../testing/test-services.ts";
import { listDeliveries, listDeliveriesInput } from "./deliveries.ts";
import { saveRule, saveRuleInput } from "./save-rule.ts";
import { sweep } from "./sweep.ts";

test("an occurrence that nobody comes to is told once its minutes are over, and once alone", async () => {
  const { ctx, schedule, told } = await openHourly();
  ctx.clock.set("2026-11-24T10:09:59.999Z");
  expect(await told()).toEqual([]);
  ctx.clock.set("2026-11-24T10:10:00.000Z");
  expect(await told()).toEqual([late("10:00")]);
  ctx.clock.set("2026-11-24T10:30:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([late("10:00")]);
});

test("one that started late is told, and one that started in time is not", async () => {
  const { ctx, schedule, told } = await openHourly({ overlap: "allow" });
  ctx.clock.set("2026-11-24T10:09:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([]);
  ctx.clock.set("2026-11-24T11:11:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([`Started late: People, scheduled for 2026-11-24T11:00:00.000Z by Hourly`]);
});

test("of those that were missed together the last one speaks for all", async () => {
  const { ctx, schedule, told } = await openHourly({ missed: "skip" });
  ctx.clock.set("2026-11-24T14:30:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([late("14:00")]);
  const { items } = await listDeliveries(ctx, listDeliveriesInput.parse({}));
  expect(items).toHaveLength(1);
});

test("of those that are made up for together the last one speaks for all", async () => {
  const { ctx, schedule, told } = await openHourly({ missed: "all", overlap: "allow" });
  ctx.clock.set("2026-11-24T14:30:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([`Started late: People, scheduled for 2026-11-24T14:00:00.000Z by Hourly`]);
});

test("what a schedule leaves out on purpose is not told", async () => {
  const { ctx, schedule, told } = await openHourly({ overlap: "skip" });
  ctx.clock.set("2026-11-24T10:00:00.000Z");
  await fireSchedule(ctx, schedule);
  ctx.clock.set("2026-11-24T11:00:00.000Z");
  await fireSchedule(ctx, schedule);
  await pauseSchedule(ctx, { schedule, note: "" });
  ctx.clock.set("2026-11-24T12:30:00.000Z");
  expect(await told()).toEqual([]);
  await fireSchedule(ctx, schedule);
  await resumeSchedule(ctx, { schedule });
  expect(await told()).toEqual([]);
});

test("a schedule that pauses itself is told, and what it leaves out then is not", async () => {
  const { ctx, schedule, told } = await openHourly({ pauseAfterFailures: 1 });
  ctx.clock.set("2026-11-24T10:00:00.000Z");
  await fireSchedule(ctx, schedule);
  await ctx.database.pool.query("update waybill.runs set status = 'failed', finished_at = $1", [ctx.clock.now()]);
  ctx.clock.set("2026-11-24T11:00:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([late("11:00")]);
  ctx.clock.set("2026-11-24T12:30:00.000Z");
  await fireSchedule(ctx, schedule);
  expect(await told()).toEqual([late("11:00")]);
});

test("one that waits too long for the run before it is told", async () => {
  const { ctx, schedule, told } = await openHourly({ overlap: "queue" });
  for (const time of ["10:00", "11:00"]) {
    ctx.clock.set(`2026-11-24T${time}:00.000Z`);
    await fireSchedule(ctx, schedule);
  }
  expect(await told()).toEqual([]);
  ctx.clock.set("2026-11-24T11:10:00.000Z");
  expect(await told()).toEqual([late("11:00")]);
});

test("one whose integration is deleted is told with the reason, and the next one that is Completed is a recovery", async () => {
  const { ctx, schedule, told } = await openHourly();
  await deleteIntegration(ctx, { key: "people" });
  ctx.clock.set("2026-11-24T10:00:00.000Z");
  await fireSchedule(ctx, schedule);
  await applyIntegration(ctx, { yaml: testDefinition() });
  expect(await told()).toEqual([late("10:00")]);
  ctx.clock.set("2026-11-24T11:00:00.000Z");
  await fireSchedule(ctx, schedule);
  await ctx.database.pool.query("update waybill.runs set status = 'completed', finished_at = $1", [ctx.clock.now()]);
  expect(await told()).toEqual([late("10:00"), expect.stringMatching(/^Recovered: People/)]);
});

const late = (time: string) => `Not started: People, scheduled for 2026-11-24T${time}:00.000Z by Hourly`;

/** A schedule from 10:00 on, and a rule about it that waits for ten minutes. */
async function openHourly(more: object = {}) {
  const ctx = await openTestWaybill({ worker: false, clock: fakeClock("2026-11-24T09:30:00.000Z") });
  await applyIntegration(ctx, { yaml: testDefinition() });
  const recurrence = { kind: "hourly", every: 1, timeZone: "UTC", start: "2026-11-24T10:00" };
  const asked = { name: "Hourly", integration: "people", sourceFile: await keepPeople(ctx), recurrence, ...more };
  const { id: schedule } = await saveSchedule(ctx, saveScheduleInput.parse(asked));
  const rule = {
    name: "Night shift",
    schedule: "Hourly",
    events: ["not_started", "recovered"],
    notStartedMinutes: 10,
    webhook: { url: "http://127.0.0.1:1/" },
  };
  await saveRule(ctx, saveRuleInput.parse(rule));
  const told = async () => {
    await sweep(ctx);
    const { items } = await listDeliveries(ctx, listDeliveriesInput.parse({}));
    return items.map(({ summary }) => summary).reverse();
  };
  return { ctx, schedule, told };
}

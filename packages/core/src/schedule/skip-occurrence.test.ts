import { expect, test } from "vitest";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { daily, fireAt, hourly, occurrences, runCount, schedulePeople, states } from "../testing/scheduled-people.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { pauseSchedule, pauseScheduleInput } from "./change-schedule.ts";
import { fireSchedule } from "./fire-schedule.ts";
import { saveSchedule, saveScheduleInput } from "./save-schedule.ts";
import { skipOccurrence } from "./skip-occurrence.ts";

const ten = "2026-11-24T10:00:00.000Z";

test("what is planned is left out, and those after it are not", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  const skipped = await skipOccurrence(ctx, { schedule: "Nightly people", at: ten });
  expect(skipped).toMatchObject({ id, nextAt: "2026-11-24T11:00:00.000Z" });
  await fireAt(ctx, id, ten);
  expect(await runCount(ctx)).toBe(0);
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect(await states(ctx)).toEqual([
    "2026-11-24T12:00 scheduled",
    "2026-11-24T11:00 started",
    "2026-11-24T10:00 not_started",
  ]);
  expect((await occurrences(ctx))[2]?.note).toEqual({ code: "skipped", message: "Local administrator skipped it." });
});

test("with its last occurrence a schedule is over", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await schedulePeople(ctx, { recurrence: { ...hourly, times: 1 } });
  expect(await skipOccurrence(ctx, { schedule: "Nightly people", at: ten })).toMatchObject({ nextAt: null });
  await expect(skipOccurrence(ctx, { schedule: "Nightly people", at: ten })).rejects.toMatchObject({
    code: "schedule_changed",
    message: expect.stringContaining("has nothing planned any more"),
  });
});

test("only what is planned now is left out, and says so", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await schedulePeople(ctx, { recurrence: hourly });
  await expect(
    skipOccurrence(ctx, { schedule: "Nightly people", at: "2026-11-24T11:00:00.000Z" }),
  ).rejects.toMatchObject({
    code: "schedule_changed",
    message: expect.stringContaining(`has ${ten} planned next, not 2026-11-24T11:00:00.000Z`),
    details: { nextAt: ten },
  });
  expect(await states(ctx)).toEqual(["2026-11-24T10:00 scheduled"]);
});

test("whoever comes at once, one alone leaves it out or starts it", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  ctx.clock.set(ten);
  const tried = await Promise.allSettled([
    fireSchedule(ctx, id),
    ...Array.from({ length: 4 }, () => skipOccurrence(ctx, { schedule: id, at: ten })),
  ]);
  const skips = tried.slice(1).filter(({ status }) => status === "fulfilled").length;
  expect((await runCount(ctx)) + skips).toBe(1);
  expect((await states(ctx))[0]).toBe("2026-11-24T11:00 scheduled");
});

test("also of a paused schedule, and of one whose integration is deleted", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  await pauseSchedule(ctx, pauseScheduleInput.parse({ schedule: id }));
  await deleteIntegration(ctx, { key: "people" });
  expect(await skipOccurrence(ctx, { schedule: id, at: ten })).toMatchObject({
    nextAt: "2026-11-24T11:00:00.000Z",
    paused: { by: "Local administrator" },
  });
});

test("it stays left out when the schedule is given other rules", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: daily });
  await skipOccurrence(ctx, { schedule: id, at: "2026-11-25T05:00:00.000Z" });
  const sourceFile = (await schedulePeople(ctx, { name: "Another", recurrence: daily })).files[0]?.id;
  const change = { schedule: id, name: "Nightly people", integration: "people", sourceFile };
  const jittered = saveScheduleInput.parse({ ...change, recurrence: daily, jitterSeconds: 5 });
  expect((await saveSchedule(ctx, jittered)).nextAt).toBe("2026-11-26T05:00:00.000Z");
  const sooner = saveScheduleInput.parse({ ...change, recurrence: { ...daily, at: "05:00" } });
  expect((await saveSchedule(ctx, sooner)).nextAt).toBe("2026-11-25T04:00:00.000Z");
});

test("it stays left out when the schedule comes to it by other rules", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: daily });
  await skipOccurrence(ctx, { schedule: id, at: "2026-11-25T05:00:00.000Z" });
  await schedulePeople(ctx, { schedule: id, overlap: "allow", recurrence: { ...hourly, start: "2026-11-25T04:00" } });
  await fireAt(ctx, id, "2026-11-25T04:00:00.000Z");
  expect((await states(ctx))[0]).toBe("2026-11-25T06:00 scheduled");
  await ctx.database.pool.query("update waybill.schedules set next_at = $1, due_at = $1", ["2026-11-25T05:00:00.000Z"]);
  await fireAt(ctx, id, "2026-11-25T05:00:00.000Z");
  expect(await runCount(ctx)).toBe(1);
  expect(await states(ctx)).toEqual([
    "2026-11-25T06:00 scheduled",
    "2026-11-25T05:00 not_started",
    "2026-11-25T04:00 started",
  ]);
});

import { expect, test } from "vitest";
import { executeRun } from "../engine/execute-run.ts";
import { keepPeople } from "../testing/nightly-set.ts";
import { daily, fireAt, hourly, occurrences, schedulePeople } from "../testing/scheduled-people.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { deleteSchedule } from "./change-schedule.ts";
import { getSchedule, listSchedules, listSchedulesInput } from "./read-schedules.ts";
import { saveSchedule, saveScheduleInput } from "./save-schedule.ts";

test("an occurrence that is due is kept when other rules are changed, and taken down when the times are", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  ctx.clock.set("2026-11-24T10:00:30.000Z");
  const renamed = await schedulePeople(ctx, { schedule: id, name: "People", recurrence: hourly, overlap: "queue" });
  expect(renamed).toMatchObject({ id, name: "People", nextAt: "2026-11-24T10:00:00.000Z" });
  const moved = await schedulePeople(ctx, { schedule: id, recurrence: daily });
  expect(moved.nextAt).toBe("2026-11-25T05:00:00.000Z");
  expect((await occurrences(ctx))[1]).toMatchObject({
    at: "2026-11-24T10:00:00.000Z",
    state: "not_started",
    note: { code: "schedule_changed" },
  });
});

test("what somebody else has saved since a schedule was read is not written over, and firing it saves nothing", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id, updatedAt } = await schedulePeople(ctx, { recurrence: hourly, pauseAfterFailures: 1 }, {}, 'id\n""\n');
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  const [, started] = await occurrences(ctx);
  await executeRun(ctx, started?.run?.id ?? "", new AbortController().signal);
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect(await getSchedule(ctx, { schedule: id })).toMatchObject({ updatedAt, paused: { by: "Waybill" } });
  const mine = { schedule: id, recurrence: hourly, updatedAt };
  const saved = await schedulePeople(ctx, { ...mine, name: "Mine" });
  ctx.clock.set("2026-11-24T11:00:01.000Z");
  await expect(schedulePeople(ctx, { ...mine, name: "Theirs" })).rejects.toMatchObject({
    code: "schedule_changed",
    message: expect.stringContaining('"Mine"'),
    details: { updatedAt: saved.updatedAt },
  });
  expect((await getSchedule(ctx, { schedule: id })).name).toBe("Mine");
  const known = { ...mine, updatedAt: saved.updatedAt };
  expect(await schedulePeople(ctx, { ...known, name: "Theirs" })).toMatchObject({ name: "Theirs" });
  const { updatedAt: _, ...unread } = mine;
  expect(await schedulePeople(ctx, { ...unread, name: "Whatever" })).toMatchObject({ name: "Whatever" });
  await deleteSchedule(ctx, { schedule: id });
  await expect(schedulePeople(ctx, known)).rejects.toMatchObject({ code: "schedule_unknown" });
});

test("a schedule whose times are over is given another name, and not other times that are over", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const once = { kind: "once", at: "2026-11-24T10:00", timeZone: "UTC" };
  const { id } = await schedulePeople(ctx, { recurrence: once });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  ctx.clock.set("2026-11-25T10:00:00.000Z");
  const renamed = await schedulePeople(ctx, { schedule: id, name: "People once", recurrence: once, jitterSeconds: 9 });
  expect(renamed).toMatchObject({ id, name: "People once", nextAt: null, jitterSeconds: 9 });
  const recurrence = { ...once, at: "2026-11-24T11:00" };
  await expect(schedulePeople(ctx, { schedule: id, recurrence })).rejects.toMatchObject({ code: "schedule_invalid" });
  await expect(schedulePeople(ctx, { name: "Another", recurrence: once })).rejects.toMatchObject({
    code: "schedule_invalid",
  });
});

test("a wrong schedule is refused with the place of what is wrong", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await schedulePeople(ctx, { recurrence: daily });
  const save = (more: object) =>
    saveSchedule(ctx, saveScheduleInput.parse({ name: "Other", integration: "people", recurrence: daily, ...more }));
  await expect(save({ name: "Nightly people", sourceFile: await keepPeople(ctx) })).rejects.toMatchObject({
    code: "schedule_name_taken",
  });
  await expect(save({})).rejects.toMatchObject({ code: "source_file_missing" });
  await expect(save({ set: "nightly" })).rejects.toMatchObject({ code: "schedule_invalid" });
  await expect(save({ integration: "nobody" })).rejects.toMatchObject({ code: "integration_unknown" });
  await expect(save({ recurrence: { kind: "once", at: "2026-11-01T00:00", timeZone: "UTC" } })).rejects.toMatchObject({
    code: "schedule_invalid",
  });
  await expect(save({ recurrence: { ...daily, kind: "cron", expression: "0 0 0 * * *" } })).rejects.toMatchObject({
    code: "schedule_invalid",
    message: expect.stringContaining("expression: has six fields; seconds are not taken."),
    details: { faults: expect.arrayContaining([expect.objectContaining({ path: "expression" })]) },
  });
  await expect(save({ recurrence: "daily" })).rejects.toMatchObject({ code: "schedule_invalid" });
  await expect(save({ recurrence: undefined })).rejects.toMatchObject({
    message: expect.stringContaining("recurrence"),
  });
  expect((await listSchedules(ctx, listSchedulesInput.parse({}))).items).toHaveLength(1);
});

import { expect, test } from "vitest";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { purgeOnce } from "../retention/purge-once.ts";
import { getRun } from "../run/read-run.ts";
import { getSetRun } from "../set/read-set-run.ts";
import { applyNightly, keepPeople } from "../testing/nightly-set.ts";
import { daily, fireAt, hourly, occurrences, runCount, schedulePeople, states } from "../testing/scheduled-people.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { deleteSchedule } from "./change-schedule.ts";
import { fireSchedule } from "./fire-schedule.ts";
import { listPlanned, listPlannedInput } from "./list-planned.ts";
import { getSchedule } from "./read-schedules.ts";
import { saveSchedule, saveScheduleInput } from "./save-schedule.ts";

test("an integration is run at its time, with what `today` is then, and the next time is planned", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const parameters = "[{ key: span, type: timeframe, required: true }]";
  const schedule = await schedulePeople(ctx, { recurrence: daily, parameters: { span: "yesterday" } }, { parameters });
  expect(schedule).toMatchObject({ name: "Nightly people", nextAt: "2026-11-25T05:00:00.000Z", paused: null });
  await fireAt(ctx, schedule.id, "2026-11-25T04:59:59.999Z");
  expect(await states(ctx)).toEqual(["2026-11-25T05:00 scheduled"]);
  await fireAt(ctx, schedule.id, "2026-11-25T05:00:01.500Z");
  expect(await states(ctx)).toEqual(["2026-11-26T05:00 scheduled", "2026-11-25T05:00 started"]);
  const [, started] = await occurrences(ctx);
  expect(started).toMatchObject({ lateMilliseconds: 1_500, run: { kind: "run", status: "in_progress" } });
  expect(await getRun(ctx, { run: started?.run?.id ?? "" })).toMatchObject({
    trigger: "schedule",
    parameters: { span: { start: "2026-11-24", end: "2026-11-24" } },
    schedule: { id: schedule.id, name: "Nightly people", at: "2026-11-25T05:00:00.000Z" },
    setRun: null,
  });
});

test("one that may not start once it is due has failed with the reason, and the next is planned", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(
    ctx,
    { recurrence: hourly, overlap: "allow", pauseAfterFailures: 1 },
    { source: "{ sameBytes: refuse }" },
  );
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect(await states(ctx)).toEqual([
    "2026-11-24T12:00 scheduled",
    "2026-11-24T11:00 failed",
    "2026-11-24T10:00 started",
  ]);
  expect((await occurrences(ctx))[1]?.note).toMatchObject({ code: "same_bytes_refused" });
  expect((await getSchedule(ctx, { schedule: id })).paused).toMatchObject({ by: "Waybill" });
});

test("whoever comes at once, there is one run for each occurrence", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap: "allow" });
  ctx.clock.set("2026-11-24T12:00:00.000Z");
  await Promise.all(Array.from({ length: 8 }, () => fireSchedule(ctx, id)));
  await fireSchedule(ctx, id);
  expect(await runCount(ctx)).toBe(1);
});

test("with its integration deleted it is Scheduled but Deleted, fires and fails with that reason; restoring heals it", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  await deleteIntegration(ctx, { key: "people" });
  expect((await occurrences(ctx))[0]).toMatchObject({ state: "scheduled_but_deleted", target: { deleted: true } });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  expect((await occurrences(ctx))[1]).toMatchObject({
    state: "failed",
    run: null,
    note: { code: "integration_deleted" },
  });
  await applyIntegration(ctx, { yaml: testDefinition() });
  expect((await occurrences(ctx))[0]?.state).toBe("scheduled");
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect((await occurrences(ctx))[1]?.state).toBe("started");
  await deleteSchedule(ctx, { schedule: id });
  expect(await occurrences(ctx)).toEqual([]);
  expect(await runCount(ctx)).toBe(1);
});

test("the next run of each schedule is listed, the soonest first, by whether it will fail", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id: late } = await schedulePeople(ctx, { recurrence: daily });
  await schedulePeople(ctx, { name: "Hourly", recurrence: hourly });
  const planned = async (asked: object) => await listPlanned(ctx, listPlannedInput.parse(asked));
  const first = await planned({ limit: 1 });
  expect(first.items).toMatchObject([
    { schedule: { name: "Hourly" }, at: "2026-11-24T10:00:00.000Z", state: "scheduled" },
  ]);
  const second = await planned({ limit: 1, cursor: first.next });
  expect(second).toMatchObject({ items: [{ schedule: { id: late }, target: { key: "people" } }], next: null });
  expect((await planned({ search: "HOUR" })).items).toHaveLength(1);
  expect((await planned({ state: "scheduled_but_deleted" })).items).toEqual([]);
  await deleteIntegration(ctx, { key: "people" });
  expect((await planned({ state: "scheduled" })).items).toEqual([]);
  expect((await planned({ state: "scheduled_but_deleted" })).items).toHaveLength(2);
});

test("a set is run at its time", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const asked = { name: "Sets", set: "nightly", recurrence: hourly, sourceFile: await keepPeople(ctx) };
  const { id } = await saveSchedule(ctx, saveScheduleInput.parse(asked));
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  const [, started] = await occurrences(ctx);
  const setRun = await getSetRun(ctx, { setRun: started?.run?.id ?? "" });
  expect(setRun).toMatchObject({
    trigger: "schedule",
    status: "in_progress",
    steps: [{ status: "in_progress" }, {}, {}, {}],
    schedule: { id, name: "Sets", at: "2026-11-24T10:00:00.000Z" },
  });
});

test("what became of occurrences is kept as long as runs", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly, missed: "skip" });
  await fireAt(ctx, id, "2026-11-24T12:30:00.000Z");
  const keep = { runsDays: 30, filesDays: null, rejectedDays: null, logsDays: null };
  ctx.clock.set("2026-12-24T12:30:00.000Z");
  expect(await purgeOnce(ctx, keep)).toEqual({});
  ctx.clock.set("2026-12-24T12:30:01.000Z");
  expect(await purgeOnce(ctx, keep)).toMatchObject({ occurrences: 3 });
  expect(await states(ctx)).toEqual(["2026-11-24T13:00 scheduled"]);
});

test("after its end, or so many times, nothing is planned any more", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: { ...hourly, times: 2 }, overlap: "allow" });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect(await getSchedule(ctx, { schedule: id })).toMatchObject({ nextAt: null });
  await fireAt(ctx, id, "2026-11-24T12:00:00.000Z");
  expect(await runCount(ctx)).toBe(2);
});

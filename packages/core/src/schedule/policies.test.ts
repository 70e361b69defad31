import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { fireAt, hourly, occurrences, runCount, schedulePeople, states } from "../testing/scheduled-people.ts";
import { type FakeClock, openTestWaybill } from "../testing/test-services.ts";
import { pauseSchedule, pauseScheduleInput, resumeSchedule } from "./change-schedule.ts";
import { listPlanned, listPlannedInput } from "./list-planned.ts";
import { getSchedule } from "./read-schedules.ts";

describe("what nobody started in time", () => {
  test.each([
    ["skip", 0, "the schedule skips what was missed"],
    ["once", 1, "one run was made for all that were missed"],
    ["all", 5, ""],
  ])("is handled by the policy %s", async (missed, runs, reason) => {
    const ctx = await openTestWaybill({ worker: false });
    const { id } = await schedulePeople(ctx, { recurrence: hourly, missed, overlap: "allow" });
    await fireAt(ctx, id, "2026-11-24T14:30:00.000Z");
    expect(await runCount(ctx)).toBe(runs);
    const handled = (await occurrences(ctx)).slice(1);
    expect(handled).toHaveLength(5);
    const left = handled.filter(({ state }) => state === "not_started");
    expect(left).toHaveLength(5 - runs);
    for (const { note } of left) expect(note?.message).toContain(reason);
    expect((await getSchedule(ctx, { schedule: id })).nextAt).toBe("2026-11-24T15:00:00.000Z");
  });
});

describe("a clock that is set", () => {
  test("back an hour starts nothing again, and goes on with what was planned", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap: "allow" });
    await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
    await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
    for (const minute of ["10:05", "11:00", "11:55"]) await fireAt(ctx, id, `2026-11-24T${minute}:00.000Z`);
    expect(await states(ctx)).toEqual([
      "2026-11-24T12:00 scheduled",
      "2026-11-24T11:00 started",
      "2026-11-24T10:00 started",
    ]);
    await fireAt(ctx, id, "2026-11-24T12:00:00.000Z");
    expect(await runCount(ctx)).toBe(3);
  });

  test("forward an hour has missed what lies between, by the schedule's policy", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap: "allow", missed: "skip" });
    await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
    await fireAt(ctx, id, "2026-11-24T11:50:00.000Z");
    expect(await states(ctx)).toEqual([
      "2026-11-24T12:00 scheduled",
      "2026-11-24T11:00 not_started",
      "2026-11-24T10:00 started",
    ]);
  });
});

describe("while an earlier run goes on, the next occurrence is", () => {
  test("skipped, and that is told", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const { id } = await twice(ctx, "skip");
    expect((await occurrences(ctx))[1]).toMatchObject({ state: "not_started", note: { code: "overlap" } });
    await fireAt(ctx, id, "2026-11-24T11:01:00.000Z");
    expect(await runCount(ctx)).toBe(1);
  });

  test("queued until that is over", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const { id, run } = await twice(ctx, "queue");
    expect((await occurrences(ctx))[1]?.state).toBe("waiting");
    await cancelRun(ctx, { run });
    await fireAt(ctx, id, "2026-11-24T11:10:00.000Z");
    expect((await occurrences(ctx))[1]).toMatchObject({ state: "started", lateMilliseconds: 600_000 });
    expect(await runCount(ctx)).toBe(2);
  });

  test("started beside it", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await twice(ctx, "allow");
    expect(await runCount(ctx)).toBe(2);
  });
});

test("a paused schedule takes down what it would have started, and goes on with what comes later", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  const pause = pauseScheduleInput.parse({ schedule: id, note: "The bank is closed" });
  expect((await pauseSchedule(ctx, pause)).paused).toMatchObject({
    by: "Local administrator",
    note: "The bank is closed",
  });
  await expect(pauseSchedule(ctx, pause)).rejects.toMatchObject({ code: "schedule_paused" });
  const paused = { state: "scheduled", paused: { by: "Local administrator", note: "The bank is closed" } };
  expect((await occurrences(ctx))[0]).toMatchObject(paused);
  expect((await listPlanned(ctx, listPlannedInput.parse({}))).items).toMatchObject([paused]);
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  expect((await occurrences(ctx))[1]).toMatchObject({
    state: "not_started",
    note: { code: "schedule_paused" },
    paused: null,
  });
  await resumeSchedule(ctx, { schedule: id });
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect((await occurrences(ctx))[1]?.state).toBe("started");
});

test("what comes while no worker is there is not missed by a schedule that is paused", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly });
  await pauseSchedule(ctx, pauseScheduleInput.parse({ schedule: id }));
  await fireAt(ctx, id, "2026-11-24T14:30:00.000Z");
  const handled = (await occurrences(ctx)).slice(1);
  expect(handled).toHaveLength(5);
  for (const { note } of handled) expect(note).toMatchObject({ code: "schedule_paused" });
});

test("a schedule is paused once so many of its runs failed in a row", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly, pauseAfterFailures: 2 }, {}, 'id\n""\n');
  for (const hour of [10, 11]) {
    await fireAt(ctx, id, `2026-11-24T${hour}:00:00.000Z`);
    const [, started] = await occurrences(ctx);
    await executeRun(ctx, started?.run?.id ?? "", new AbortController().signal);
  }
  await fireAt(ctx, id, "2026-11-24T12:00:00.000Z");
  expect((await occurrences(ctx))[1]).toMatchObject({ state: "not_started", note: { code: "failures_in_a_row" } });
  const { paused } = await getSchedule(ctx, { schedule: id });
  expect(paused).toMatchObject({
    by: "Waybill",
    note: expect.stringMatching(/^Paused, since its last 2 runs failed\./),
  });
  expect(await runCount(ctx)).toBe(2);

  await resumeSchedule(ctx, { schedule: id });
  for (const hour of [13, 14]) {
    await fireAt(ctx, id, `2026-11-24T${hour}:00:00.000Z`);
    const [, started] = await occurrences(ctx);
    await executeRun(ctx, started?.run?.id ?? "", new AbortController().signal);
  }
  expect(await runCount(ctx)).toBe(4);
  await fireAt(ctx, id, "2026-11-24T15:00:00.000Z");
  expect((await getSchedule(ctx, { schedule: id })).paused).toMatchObject({ by: "Waybill" });
});

/** Two occurrences, the run of the first of which goes on. */
async function twice(ctx: Context & { clock: FakeClock }, overlap: string) {
  const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  const [, first] = await occurrences(ctx);
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  return { id, run: first?.run?.id ?? "" };
}

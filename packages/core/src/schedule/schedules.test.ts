import { describe, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { deleteIntegration } from "../integration/delete-integration.ts";
import { purgeOnce } from "../retention/purge-once.ts";
import { cancelRun } from "../run/cancel-run.ts";
import { listRuns, listRunsInput } from "../run/list-runs.ts";
import { getRun } from "../run/read-run.ts";
import { getSetRun } from "../set/read-set-run.ts";
import { applyNightly, keepPeople } from "../testing/nightly-set.ts";
import { keepFile } from "../testing/run-file.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { type FakeClock, openTestWaybill } from "../testing/test-services.ts";
import { deleteSchedule, pauseSchedule, pauseScheduleInput, resumeSchedule } from "./change-schedule.ts";
import { fireSchedule } from "./fire-schedule.ts";
import { listPlanned, listPlannedInput } from "./list-planned.ts";
import {
  getSchedule,
  listOccurrences,
  listOccurrencesInput,
  listSchedules,
  listSchedulesInput,
} from "./read-schedules.ts";
import { saveSchedule, saveScheduleInput } from "./save-schedule.ts";

const daily = { kind: "daily", every: 1, at: "06:00", timeZone: "Europe/Berlin", start: "2026-11-24T00:00" };
const hourly = { kind: "hourly", every: 1, timeZone: "UTC", start: "2026-11-24T10:00" };

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

test("whoever comes at once, there is one run for each occurrence", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap: "allow" });
  ctx.clock.set("2026-11-24T12:00:00.000Z");
  await Promise.all(Array.from({ length: 8 }, () => fireSchedule(ctx, id)));
  await fireSchedule(ctx, id);
  expect(await runCount(ctx)).toBe(1);
});

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

test("a schedule is paused once so many of its runs failed in a row", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: hourly, pauseAfterFailures: 2 }, {}, 'id\n""\n');
  for (const hour of [10, 11]) {
    await fireAt(ctx, id, `2026-11-24T${hour}:00:00.000Z`);
    const [, started] = await occurrences(ctx);
    await executeRun(ctx, started?.run?.id ?? "", new AbortController().signal);
  }
  await fireAt(ctx, id, "2026-11-24T12:00:00.000Z");
  expect((await occurrences(ctx))[1]).toMatchObject({ state: "not_started", note: { code: "schedule_paused" } });
  expect((await getSchedule(ctx, { schedule: id })).paused?.note).toMatch(/^Paused, since its last 2 runs failed\./);
  expect(await runCount(ctx)).toBe(2);
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
  expect(await getSchedule(ctx, { schedule: id })).toMatchObject({ updatedAt, paused: { by: "Local administrator" } });
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

test("after its end, or so many times, nothing is planned any more", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await schedulePeople(ctx, { recurrence: { ...hourly, times: 2 }, overlap: "allow" });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  expect(await getSchedule(ctx, { schedule: id })).toMatchObject({ nextAt: null });
  await fireAt(ctx, id, "2026-11-24T12:00:00.000Z");
  expect(await runCount(ctx)).toBe(2);
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
  expect((await listSchedules(ctx, listSchedulesInput.parse({}))).items).toHaveLength(1);
});

async function schedulePeople(ctx: Context, more: object, parts: Record<string, string> = {}, content = "id\n1\n2\n") {
  await applyIntegration(ctx, { yaml: testDefinition({ source: "{ sameBytes: silent }", ...parts }) });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", content);
  return await saveSchedule(
    ctx,
    saveScheduleInput.parse({ name: "Nightly people", integration: "people", sourceFile, ...more }),
  );
}

/** Two occurrences, the run of the first of which goes on. */
async function twice(ctx: Context & { clock: FakeClock }, overlap: string) {
  const { id } = await schedulePeople(ctx, { recurrence: hourly, overlap });
  await fireAt(ctx, id, "2026-11-24T10:00:00.000Z");
  const [, first] = await occurrences(ctx);
  await fireAt(ctx, id, "2026-11-24T11:00:00.000Z");
  return { id, run: first?.run?.id ?? "" };
}

async function fireAt(ctx: Context & { clock: FakeClock }, id: string, iso: string) {
  ctx.clock.set(iso);
  await fireSchedule(ctx, id);
}

async function occurrences(ctx: Context) {
  return (await listOccurrences(ctx, listOccurrencesInput.parse({}))).items;
}

async function states(ctx: Context): Promise<string[]> {
  return (await occurrences(ctx)).map(({ at, state }) => `${at.slice(0, 16)} ${state}`);
}

async function runCount(ctx: Context): Promise<number> {
  return (await listRuns(ctx, listRunsInput.parse({}))).items.length;
}

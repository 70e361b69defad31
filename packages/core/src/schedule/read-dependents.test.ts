import { expect, test } from "vitest";
import { limits } from "../limits.ts";
import { deleteSet } from "../set/apply-set.ts";
import { applyNightly, keepPeople } from "../testing/nightly-set.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { pauseSchedule, pauseScheduleInput } from "./change-schedule.ts";
import { readIntegrationDependents, readSetDependents } from "./read-dependents.ts";
import { saveSchedule, saveScheduleInput } from "./save-schedule.ts";

const hourly = { kind: "hourly", every: 1, timeZone: "UTC", start: "2026-11-24T10:00" };

test("what an integration or a set is missed by is told by its names, and what has no plans is no loss", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const given = { recurrence: hourly, sourceFile: await keepPeople(ctx) };
  const people = await saveSchedule(ctx, saveScheduleInput.parse({ name: "People", integration: "third", ...given }));
  const nights = await saveSchedule(ctx, saveScheduleInput.parse({ name: "Nights", set: "nightly", ...given }));
  expect(await readIntegrationDependents(ctx, { key: "third" })).toEqual({
    sets: [{ key: "nightly", name: "Nightly" }],
    schedules: [
      { id: nights.id, name: "Nights", nextAt: nights.nextAt, how: "by_set" },
      { id: people.id, name: "People", nextAt: people.nextAt, how: "direct" },
    ],
    message:
      "It is a step of the set Nightly, which will not start without it. It is run by the schedule People, whose planned runs will fail. Planned runs of such a set by the schedule Nights will fail.",
  });
  expect(await readSetDependents(ctx, { key: "nightly" })).toEqual({
    sets: [],
    schedules: [{ id: nights.id, name: "Nights", nextAt: nights.nextAt, how: "direct" }],
    message: "It is run by the schedule Nights, whose planned runs will fail.",
  });
  expect(await readSetDependents(ctx, { key: "third" })).toEqual({ sets: [], schedules: [], message: "" });

  await pauseSchedule(ctx, pauseScheduleInput.parse({ schedule: "People" }));
  await deleteSet(ctx, { key: "nightly" });
  expect(await readIntegrationDependents(ctx, { key: "third" })).toMatchObject({
    sets: [],
    schedules: [{ name: "People", how: "paused" }],
    message: "Runs of the schedule People, paused now, will fail once resumed.",
  });
  await ctx.database.pool.query("update waybill.schedules set next_at = null, due_at = null");
  expect(await readIntegrationDependents(ctx, { key: "third" })).toMatchObject({ sets: [], message: "" });
});

test("of very many some are named, and the others counted", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyNightly(ctx);
  const given = { recurrence: hourly, sourceFile: await keepPeople(ctx), integration: "third" };
  const { id } = await saveSchedule(ctx, saveScheduleInput.parse({ name: "P", ...given }));
  await saveSchedule(ctx, saveScheduleInput.parse({ name: "Z", ...given, integration: undefined, set: "nightly" }));
  const columns =
    "integration_id, set_id, recurrence, parameters, overlap, missed, missed_window_minutes, jitter_seconds, next_at, due_at, created_at, created_by, updated_at";
  await ctx.database.pool.query(
    `insert into waybill.schedules (id, name, ${columns})
     select gen_random_uuid(), 'P ' || lpad(n::text, 3, '0'), ${columns}
     from waybill.schedules, generate_series(1, $2) n where id = $1`,
    [id, limits.dependentsMax],
  );
  const { schedules, message } = await readIntegrationDependents(ctx, { key: "third" });
  expect(schedules).toHaveLength(limits.dependentsMax);
  expect(message).toContain("by the schedules P, P 001, P 002");
  expect(message).toContain(
    "P 009, 91 more, whose planned runs will fail. Planned runs of such a set by the schedule Z",
  );
});

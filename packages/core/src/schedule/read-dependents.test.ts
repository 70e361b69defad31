import { expect, test } from "vitest";
import { deleteSet } from "../set/apply-set.ts";
import { applyNightly, keepPeople } from "../testing/nightly-set.ts";
import { openTestWaybill } from "../testing/test-services.ts";
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
    schedules: [{ id: people.id, name: "People", nextAt: people.nextAt }],
    message:
      "It is a step of the set Nightly, which will not start without it. It is run by the schedule People, whose planned runs will fail.",
  });
  expect(await readSetDependents(ctx, { key: "nightly" })).toEqual({
    sets: [],
    schedules: [{ id: nights.id, name: "Nights", nextAt: nights.nextAt }],
    message: "It is run by the schedule Nights, whose planned runs will fail.",
  });
  expect(await readSetDependents(ctx, { key: "third" })).toEqual({ sets: [], schedules: [], message: "" });

  await deleteSet(ctx, { key: "nightly" });
  await ctx.database.pool.query("update waybill.schedules set next_at = null, due_at = null");
  expect(await readIntegrationDependents(ctx, { key: "third" })).toMatchObject({ sets: [], message: "" });
});

import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { listRuns, listRunsInput } from "../run/list-runs.ts";
import { fireSchedule } from "../schedule/fire-schedule.ts";
import { listOccurrences, listOccurrencesInput } from "../schedule/read-schedules.ts";
import { saveSchedule, saveScheduleInput } from "../schedule/save-schedule.ts";
import { keepFile } from "./run-file.ts";
import { testDefinition } from "./test-definition.ts";
import type { FakeClock } from "./test-services.ts";

export const daily = { kind: "daily", every: 1, at: "06:00", timeZone: "Europe/Berlin", start: "2026-11-24T00:00" };
export const hourly = { kind: "hourly", every: 1, timeZone: "UTC", start: "2026-11-24T10:00" };

/** A schedule of an integration, and the file that it reads. */
export async function schedulePeople(
  ctx: Context,
  more: object,
  parts: Record<string, string> = {},
  content = "id\n1\n2\n",
) {
  await applyIntegration(ctx, { yaml: testDefinition({ source: "{ sameBytes: silent }", ...parts }) });
  const { id: sourceFile } = await keepFile(ctx, "people.csv", content);
  return await saveSchedule(
    ctx,
    saveScheduleInput.parse({ name: "Nightly people", integration: "people", sourceFile, ...more }),
  );
}

/** Has done what is due at a time. */
export async function fireAt(ctx: Context & { clock: FakeClock }, id: string, iso: string) {
  ctx.clock.set(iso);
  await fireSchedule(ctx, id);
}

export async function occurrences(ctx: Context) {
  return (await listOccurrences(ctx, listOccurrencesInput.parse({}))).items;
}

/** What became of each occurrence, the latest first. */
export async function states(ctx: Context): Promise<string[]> {
  return (await occurrences(ctx)).map(({ at, state }) => `${at.slice(0, 16)} ${state}`);
}

export async function runCount(ctx: Context): Promise<number> {
  return (await listRuns(ctx, listRunsInput.parse({}))).items.length;
}

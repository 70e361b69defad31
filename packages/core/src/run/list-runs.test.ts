import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { limits } from "../limits.ts";
import { addPastRuns, type PastRun } from "../testing/past-runs.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { listRuns, listRunsInput } from "./list-runs.ts";
import type { RunStatus } from "./status.ts";

const statuses = ["completed", "failed", "cancelled"] as const;

test("every filter, alone and with others, gives the runs that fit it, newest first, page after page", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const runs = await addHistory(ctx);
  for (const status of [undefined, ["failed"], ["completed", "cancelled", "completed"], ["scheduled"], []] as const) {
    for (const integration of [undefined, "people", "nobody"]) {
      for (const search of [undefined, "", "NIGHTLY", "100%_\\", "run 7", "nowhere"]) {
        const fits = (run: Required<PastRun>) =>
          (!status?.length || (status as readonly RunStatus[]).includes(run.status)) &&
          (integration === undefined || run.integration === integration) &&
          (!search || run.name.toLowerCase().includes(search.toLowerCase()));
        const wanted = runs.filter(fits).map((run) => run.name);
        const filter = { status: status && [...status], integration, search };
        expect(await namesOf(ctx, filter), JSON.stringify(filter)).toEqual(wanted.reverse());
      }
    }
  }
});

test("a search finds what is older than all that it looks through first", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await apply(ctx, "people");
  const at = ctx.clock.now().getTime();
  const many = Array.from({ length: limits.runsSearchedFirst }, (_, number) => `Usual ${number}`);
  const signs = "100%_\\ 🧾 January";
  const names = ["Jürgen's first", "Jürgen's second", signs, ...many];
  const runs = names.map((name, number) => ({ name, integration: "people", at: new Date(at + number) }));
  await addPastRuns(ctx, runs);
  expect(await namesOf(ctx, { search: "JÜRGEN" })).toEqual(["Jürgen's second", "Jürgen's first"]);
  expect(await namesOf(ctx, { search: "jürgen", status: ["failed"] })).toEqual([]);
  expect(await namesOf(ctx, { search: "ü", status: ["completed"], integration: "people" })).toHaveLength(2);
  const letters = Array.from(signs.toUpperCase());
  for (const start of letters.keys()) {
    const search = letters.slice(start).join("");
    expect(await namesOf(ctx, { search, integration: "people" }), search).toContain(signs);
  }
});

/** Oldest first; several runs are made at the same moment. */
async function addHistory(ctx: Context): Promise<Required<PastRun>[]> {
  const start = ctx.clock.now().getTime();
  const keys = ["people", "punches"];
  for (const key of keys) await apply(ctx, key);
  const runs = Array.from({ length: 30 }, (_, number) => ({
    name: `Run ${String(number)}${number % 4 === 0 ? " nightly" : ""}${number === 9 ? " 100%_\\" : ""}`,
    integration: keys[number % 2] ?? "",
    at: new Date(start + Math.floor(number / 3)),
    status: statuses[Math.floor(number / 2) % 3] ?? "completed",
  }));
  const ids = await addPastRuns(ctx, runs);
  return runs
    .map((run, number) => ({ ...run, id: ids[number] ?? "", sourceFile: "" }))
    .sort((one, other) => one.at.getTime() - other.at.getTime() || one.id.localeCompare(other.id));
}

async function namesOf(
  ctx: Context,
  filter: { status?: RunStatus[]; integration?: string; search?: string },
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRuns>> = await listRuns(
      ctx,
      listRunsInput.parse({ ...filter, limit: 4, cursor }),
    );
    names.push(...page.items.map((run) => run.name));
    cursor = page.next;
  } while (cursor !== null);
  return names;
}

async function apply(ctx: Context, key: string): Promise<void> {
  await applyIntegration(ctx, {
    yaml: testDefinition({ key, name: key, destination: `{ dataset: ${key} }` }),
  });
}

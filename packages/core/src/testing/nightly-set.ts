import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { applySet } from "../set/apply-set.ts";
import type { SetRunSummary } from "../set/set-run.ts";
import { watchSetRun } from "../set/watch-set-run.ts";
import { keepFile } from "./run-file.ts";
import { testDefinition } from "./test-definition.ts";

/** The keys of the integrations of the test's set, in the order of its steps. */
export const nightlySteps = ["first", "second", "third", "fourth"];

/** A set of four steps; `extra` is more of its definition, `ofStep` of each step by its key. */
export function nightlySet({ extra = "", ofStep = {} as Record<string, string> } = {}): string {
  const steps = nightlySteps.map((key) => `  - { integration: ${key}${ofStep[key] ? `, ${ofStep[key]}` : ""} }`);
  return `waybill: 1\nkind: set\nkey: nightly\nname: Nightly\n${extra}\nsteps:\n${steps.join("\n")}\n`;
}

/** Applies four integrations and a set of them. */
export async function applyNightly(ctx: Context, yaml: string = nightlySet()): Promise<void> {
  for (const key of nightlySteps) {
    await applyIntegration(ctx, { yaml: testDefinition({ key, destination: `{ dataset: ${key}, mode: upsert }` }) });
  }
  await applySet(ctx, { yaml });
}

/** A source of so many people; with a fault, one of them is turned away. */
export async function keepPeople(ctx: Context, { count = 3, faulty = false } = {}): Promise<string> {
  const rows = Array.from({ length: count }, (_, index) => `${faulty && index === 0 ? "" : index + 1}`);
  return (await keepFile(ctx, "people.csv", `id\n${rows.map((id) => id || '""').join("\n")}\n`)).id;
}

/** A set run once it is over. */
export async function endOfSet(ctx: Context, setRun: string): Promise<SetRunSummary> {
  let last: SetRunSummary | undefined;
  for await (const summary of watchSetRun(ctx, { setRun })) last = summary;
  if (!last) throw new Error("The set run was never seen.");
  return last;
}

/** The statuses of the steps of a set run, in their order. */
export function statusesOf({ steps }: SetRunSummary): string[] {
  return steps.map(({ status }) => status);
}

import { Client } from "pg";
import { onTestFinished } from "vitest";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { limits } from "../limits.ts";
import { startRun, startRunInput } from "../run/start-run.ts";
import { untilBackend } from "./interrupt-runs.ts";
import { keepFile } from "./run-file.ts";
import { testDefinition } from "./test-definition.ts";

/** A load that stops in the middle of a batch until the test lets it go on. */
export interface GatedRun {
  run: string;
  sourceFile: string;
  /** How many records the file has. */
  records: number;
  /** Resolves when the load stands at the gate. */
  reached(): Promise<void>;
  open(): Promise<void>;
  /** The rows of the destination: how many, and how many of them differ. */
  rows(): Promise<{ all: number; different: number }>;
}

const recordsBeforeGate = limits.batchRecords;
const records = 2.5 * limits.batchRecords;
const gate = 4_711;

/** Starts a load of two and a half batches of people into a table; the second batch finds the gate closed. */
export async function startGatedRun(ctx: Context): Promise<GatedRun> {
  const keeper = new Client({ connectionString: ctx.database.url });
  await keeper.connect();
  onTestFinished(() => keeper.end());
  await keeper.query(
    `create table public.people (id text primary key);
     create function public.pass_gate() returns trigger language plpgsql as $$
       begin
         if (select count(*) from public.people) > ${recordsBeforeGate} then perform pg_advisory_xact_lock(${gate}); end if;
         return null;
       end $$;
     create trigger pass_gate after insert on public.people for each statement execute function public.pass_gate();
     select pg_advisory_lock(${gate})`,
  );
  await applyIntegration(ctx, { yaml });
  const lines = Array.from({ length: records }, (_, index) => `P${index}\n`);
  const { id: sourceFile } = await keepFile(ctx, "people.csv", `id\n${lines.join("")}`);
  const { id: run } = await startRun(ctx, startRunInput.parse({ integration: "gated-people", sourceFile }));
  return {
    run,
    sourceFile,
    records,
    reached: () => untilBackend(ctx, "wait_event_type = 'Lock' and wait_event = 'advisory'"),
    async open() {
      await keeper.query("select pg_advisory_unlock($1)", [gate]);
    },
    async rows() {
      const sql = `select count(*)::int as "all", count(distinct id)::int as different from public.people`;
      const [counted] = (await keeper.query<{ all: number; different: number }>(sql)).rows;
      return counted ?? { all: 0, different: 0 };
    },
  };
}

const yaml = testDefinition({
  key: "gated-people",
  name: "Gated people",
  destination: "{ table: public.people, mode: insert }",
});

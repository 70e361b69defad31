import type { Context } from "../context.ts";
import { executeRun } from "../engine/execute-run.ts";
import { listRecords, listRecordsInput } from "../rejected/list-records.ts";
import type { RecordListItem } from "../rejected/record-row.ts";
import type { RunSummary } from "../run/run-summary.ts";
import { endOf, keepFile, startFile } from "./run-file.ts";
import { testDefinition } from "./test-definition.ts";

/** People with an id, a name, a wage and a team, whose teams must be in an attached table. */
export const wagedPeople = {
  fields: `[
    { name: id, type: text, required: true, pattern: "^P[0-9]+$" },
    { name: name, type: text, required: true, maxLength: 20 },
    { name: wage, type: decimal, scale: 2, min: 0 },
    { name: team, type: text, references: { attachment: teams, column: team } } ]`,
  attachments: "[{ key: teams, label: Teams, columns: [team] }]",
};

/** Three good records, and one with an issue in each of its fields but the first. */
export const faultyPeople = "id,name,wage,team\nP1,Ann,1.00,A\nP2,,-1,C\nP3,Bob,x,B\nP4,Cid,2.50,B\n";

/** Runs a file of people with faults, and gives the run with its rejected records. */
export async function rejectPeople(
  ctx: Context,
  { content = faultyPeople, parts = {} }: { content?: string; parts?: Record<string, string> } = {},
): Promise<{ run: RunSummary; records: RecordListItem[] }> {
  const teams = await keepFile(ctx, "teams.csv", "team\nA\nB\n");
  const definition = testDefinition({ ...wagedPeople, ...parts });
  const started = await startFile(ctx, definition, { content }, { attachments: { teams: teams.id } });
  // Here too, since the test may have no worker.
  await executeRun(ctx, started, new AbortController().signal);
  const run = await endOf(ctx, started);
  return { run, records: await recordsOf(ctx, run.id) };
}

/** The records that a run turned away, as they stand now. */
export async function recordsOf(ctx: Context, run: string): Promise<RecordListItem[]> {
  const { items } = await listRecords(ctx, listRecordsInput.parse({ filter: { run }, limit: 500 }));
  return items;
}

/** The codes of a record's issues, each with its field. */
export function codesOf({ issues }: Pick<RecordListItem, "issues">): string[] {
  return issues.map((issue) => `${issue.field}:${issue.code}`);
}

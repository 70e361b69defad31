import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@waybill/core/testing/real-tools";
import { runCli } from "./cli.ts";

/** The columns of the sample's people, in their order. */
export const peopleHeader = "employee_id,first_name,last_name,email,hire_date,job_code,hourly_rate,active";

/** People who are turned away for their day of hire, and for their address. */
export const badDay = "E2000001,Ann,Lee,ann@example.com,2024-02-30,,20.00,true";
export const badMail = "E2000002,Bob,Lee,example.com,2024-03-01,,20.00,true";

/** Runs people of whom all are turned away; gives the ids of the run and of the records. */
export async function rejectPeople(
  environment: Record<string, string>,
  ...rows: string[]
): Promise<{ run: string; ids: string[] }> {
  const path = join(await temporaryFolder(), "people.csv");
  await writeFile(path, `${[peopleHeader, ...rows].join("\n")}\n`);
  const { stdout } = await runCli(environment, ["run", "people-import", "--file", path, "--json"]);
  const run = JSON.parse(stdout).id;
  return { run, ids: await idsOfRecords(environment, "--run", run) };
}

/** The ids of the open records that fit, in the order of the list. */
export async function idsOfRecords(environment: Record<string, string>, ...filter: string[]): Promise<string[]> {
  const { stdout } = await runCli(environment, ["records", "list", ...filter, "--json"]);
  return JSON.parse(stdout).items.map((record: { id: string }) => record.id);
}

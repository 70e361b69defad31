import type { PoolClient } from "pg";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { isPrintable } from "../value/printable.ts";

/** The name given, checked; or the integration's name with the date and time, made unique. Throws `run_name_invalid`. */
export async function chooseRunName(
  client: PoolClient,
  given: string | undefined,
  integrationName: string,
  now: Date,
  timeZone: string,
): Promise<string> {
  const name = given?.trim();
  if (name) return checkRunName(name);
  const base = `${integrationName} ${formatLocal(now, timeZone)}`;
  for (let suffix = 1; ; suffix++) {
    const candidate = suffix === 1 ? base : `${base} (${suffix})`;
    // Two runs that start in one second ask for one name: the lock makes the second see the first.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`run-name:${candidate}`]);
    const { rowCount } = await client.query("select from waybill.runs where name = $1", [candidate]);
    if (rowCount === 0) return candidate;
  }
}

/** Whether the database refused a run because its name is taken. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "runs_name_unique";
}

function checkRunName(name: string): string {
  if (name.length > limits.runNameCharactersMax) {
    const message = `The run's name is ${name.length} characters long; at most ${limits.runNameCharactersMax} are allowed. Shorten it.`;
    throw new WaybillError("run_name_invalid", message);
  }
  if (!isPrintable(name)) {
    throw new WaybillError(
      "run_name_invalid",
      "The run's name holds a control character. Use letters, digits and signs.",
    );
  }
  return name;
}

function formatLocal(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone }).format(now);
}

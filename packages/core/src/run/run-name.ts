import type { PoolClient } from "pg";
import { WaybillError } from "../errors.ts";
import { limits } from "../limits.ts";
import { isPrintable } from "../value/printable.ts";

/** The name given, checked; or the integration's or set's name with the date and time, made unique. Throws `run_name_invalid`. */
export async function chooseRunName(
  client: PoolClient,
  given: string | undefined,
  integrationName: string,
  now: Date,
  timeZone: string,
  table: "runs" | "set_runs" = "runs",
): Promise<string> {
  const name = given?.trim();
  if (name) return checkRunName(name);
  const base = `${integrationName} ${formatLocal(now, timeZone)}`;
  // Two runs that start in one second ask for one name: the lock makes the second see the first.
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${table}:${base}`]);
  const { rows } = await client.query<{ name: string }>(
    `with recursive candidates (name, number) as (
       select $1::text, 1
       union all
       select format('%s (%s)', $1::text, number + 1), number + 1
       from candidates where exists (select from waybill.${table} r where r.name = candidates.name)
     )
     select name from candidates order by number desc limit 1`,
    [base],
  );
  return rows[0]?.name ?? base;
}

/** The error of a name that another run, or set run, has. */
export function runNameTaken(what: "run" | "set run", name: string): WaybillError {
  const message = `There is already a ${what} named ${JSON.stringify(name)}. Choose another name, or leave it out for one with the date and time.`;
  return new WaybillError("run_name_taken", message, { name });
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

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format is kept for each zone, of which there are few, since making one takes longer than all the rest of a name. */
function formatLocal(now: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
    formats.set(timeZone, format);
  }
  return format.format(now);
}

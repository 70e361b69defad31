import type { BenchDatabase } from "../bench/cluster.ts";
import type { BenchServer } from "../server/start-server.ts";

/** How much there must be between the call that stores schedules and the moment at which they are due. */
const leadMilliseconds = 20_000;
const minute = 60_000;

/**
 * Stores so many schedules that all are due at the same moment, spread over these integrations, and gives that moment.
 * The first one of each integration is made by the API, the others are like it but for their name.
 */
export async function storeDueSchedules(
  { api }: BenchServer,
  database: BenchDatabase,
  { integrations, file, count }: { integrations: string[]; file: string; count: number },
): Promise<Date> {
  const at = new Date(Math.ceil((Date.now() + leadMilliseconds) / minute) * minute);
  const recurrence = { kind: "once" as const, timeZone: "UTC", at: at.toISOString().slice(0, 16) };
  for (const integration of integrations) {
    await api.schedules.save.mutate({ name: integration, integration, recurrence, sourceFile: file });
  }
  await copySchedules(database, Math.ceil(count / integrations.length) - 1);
  return at;
}

async function copySchedules(database: BenchDatabase, copies: number): Promise<void> {
  const columns = await database.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'waybill' and table_name = 'schedules' and column_name not in ('id', 'name')`,
  );
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  await database.query(
    `with copied as (
       insert into waybill.schedules (id, name, ${names})
       select gen_random_uuid(), name || ' ' || n, ${names} from waybill.schedules, generate_series(1, ${copies}) n
       returning id, integration_id
     )
     insert into waybill.schedule_files (schedule_id, step, key, file_id)
     select copied.id, f.step, f.key, f.file_id from copied
     join waybill.schedules s on s.integration_id = copied.integration_id
     join waybill.schedule_files f on f.schedule_id = s.id`,
  );
  await database.query("analyze waybill.schedules, waybill.schedule_files");
}

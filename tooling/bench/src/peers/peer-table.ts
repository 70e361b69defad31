import type { BenchDatabase } from "../bench/cluster.ts";

/** The table that peers load: the columns and the unique index of the dataset that Waybill keeps. */
export const peerTable = "peer_people";

const columns = `(code text, name text, email text, department text, salary numeric, start_date date, active boolean,
  city text)`;

/** Makes the peers' table, empty, in place of any that is there. */
export async function freshPeerTable(database: BenchDatabase): Promise<void> {
  await database.query(
    `drop table if exists ${peerTable}; create table ${peerTable} ${columns}; create unique index on ${peerTable} (code)`,
  );
}

/** Throws when the peers' table does not hold so many records: its speed would mean nothing. */
export async function expectPeerRecords(database: BenchDatabase, records: number): Promise<void> {
  const [row] = await database.query<{ count: number }>(`select count(*)::int as count from ${peerTable}`);
  if (row?.count !== records) throw new Error(`The peer loaded ${row?.count} records of ${records}.`);
}

/** psql's command that copies a CSV of this machine into a table; the file may be `pstdin`. */
export function copyCommand(table: string, path: string): string {
  const file = path === "pstdin" ? path : `'${path.replaceAll("'", "''")}'`;
  return `\\copy ${table} from ${file} with (format csv, header true)`;
}

/** psql's commands that bring the peers' table up to a CSV: staging, then one merge that writes only what differs. */
export function stageAndMerge(path: string): string[] {
  return [
    `create temporary table staged (like ${peerTable})`,
    copyCommand("staged", path),
    `insert into ${peerTable} as kept select * from staged
     on conflict (code) do update set (name, email, department, salary, start_date, active, city) =
       (excluded.name, excluded.email, excluded.department, excluded.salary, excluded.start_date, excluded.active, excluded.city)
     where kept is distinct from excluded`,
  ];
}

import { expect, test } from "vitest";
import { runCampaign } from "./campaign.ts";
import { type AuditSources, audit, type EndedDelivery } from "./check/audit.ts";
import { cut } from "./faults/cut.ts";
import { kill } from "./faults/kill.ts";
import { postgresRestart } from "./faults/postgres-restart.ts";
import { stepOf } from "./plan.ts";
import type { World } from "./world/world.ts";

const seed = 4;
const faults = [kill, cut, postgresRestart];
const testMilliseconds = 240_000;

test(
  "kills, cuts and restarts lose and double nothing, and what is planted afterwards is found",
  async () => {
    const said: string[] = [];
    const found: Record<string, string[]> = {};
    const report = await runCampaign({
      seed,
      nextStep: (number) => (number > faults.length ? null : stepOf(seed, number, faults)),
      smallDisks: false,
      say: (line) => said.push(line),
      now: () => new Date(),
      async lastLook(world, known) {
        Object.assign(found, await plantAll(world, known));
      },
    });

    expect(report.violations, said.join("\n")).toEqual([]);
    expect(report).toMatchObject({ lost: 0, doubled: 0, faults: { kill: 1, cut: 1, "postgres-restart": 1 } });
    expect(report.kills).toBeGreaterThanOrEqual(3);
    expect(report.records).toBeGreaterThan(0);
    expect(found).toEqual({
      untouched: [],
      "a record taken away": ["lost"],
      "a record put in again": ["doubled"],
      "a record that no run brought": ["foreign"],
      "a record that was changed": ["foreign"],
      "a count that was changed": ["counts", "status"],
      "a second end in a log": ["log"],
    });
  },
  testMilliseconds,
);

/** Changes of a whole world, each with the statement that undoes it; `$1` is a run, and `$2` its number in the records. */
const plants: [string, string, string][] = [
  ["untouched", "select $1::uuid, $2::int", "select $1::uuid, $2::int"],
  [
    "a record taken away",
    "delete from waybill_data.scans where run = $2 and record = 5 and $1::uuid is not null",
    `insert into waybill_data.scans (id, run, record, amount, note)
     select format('%s-5', $2::int), $2, 5, ((5 * 31 + $2 * 17) % 100000) / 100.0, format('record 5 of run %s', $2)
     where $1::uuid is not null`,
  ],
  [
    "a record put in again",
    "insert into waybill_data.scans select * from waybill_data.scans where run = $2 and record = 6 and $1::uuid is not null",
    `delete from waybill_data.scans a using waybill_data.scans b
     where a.run = $2 and b.run = $2 and a.record = 6 and b.record = 6 and a.ctid > b.ctid and $1::uuid is not null`,
  ],
  [
    "a record that no run brought",
    "insert into waybill_data.scans (id, run, record) select 'x', -$2::int, 1 where $1::uuid is not null",
    "delete from waybill_data.scans where run = -$2::int and $1::uuid is not null",
  ],
  [
    "a record that was changed",
    "update waybill_data.scans set amount = amount + 1 where run = $2 and record = 7 and $1::uuid is not null",
    "update waybill_data.scans set amount = amount - 1 where run = $2 and record = 7 and $1::uuid is not null",
  ],
  [
    "a count that was changed",
    "update waybill.runs set read_count = read_count - 1 where id = $1 and $2::int is not null",
    "update waybill.runs set read_count = read_count + 1 where id = $1 and $2::int is not null",
  ],
  [
    "a second end in a log",
    `insert into waybill.run_log (run_id, at, level, event, message)
     select $1, now(), 'info', 'completed', 'again' where $2::int is not null`,
    "select $1::uuid, $2::int",
  ],
];

/** Plants one fault after the other in a run that completed, and gives by its name what an audit finds of each. */
async function plantAll({ parts }: World, known: EndedDelivery[]): Promise<Record<string, string[]>> {
  const sources: AuditSources = { api: parts.api, query: parts.cluster.query.bind(parts.cluster) };
  const chosen = known.find(({ delivery, end }) => delivery.kind.key === "scans" && end.status === "completed");
  if (!chosen) throw new Error("No load of scans was completed.");
  const values = [chosen.end.id, chosen.delivery.number];
  const found: Record<string, string[]> = {};
  for (const [name, plant, undo] of plants) {
    await sources.query(plant, values);
    const { violations } = await audit(sources, [chosen], known);
    found[name] = violations.map(({ rule }) => rule);
    await sources.query(undo, values);
  }
  return found;
}

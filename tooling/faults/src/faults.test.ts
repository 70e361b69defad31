import { expect, test } from "vitest";
import { runCampaign, startedDeliveries } from "./campaign.ts";
import { audit } from "./check/audit.ts";
import { settle } from "./check/settle.ts";
import type { Rule } from "./check/violation.ts";
import { cut } from "./faults/cut.ts";
import { kill } from "./faults/kill.ts";
import { postgresRestart } from "./faults/postgres-restart.ts";
import { stepOf } from "./plan.ts";
import { kinds } from "./work/kind.ts";
import type { World } from "./world/world.ts";

const seed = 4;
const faults = [kill, cut, postgresRestart];
const plantedRecords = 100;
const testMilliseconds = 240_000;

test(
  "kills, cuts and restarts lose and double nothing, and what is planted afterwards is found",
  async () => {
    const said: string[] = [];
    const found: Record<string, Rule[]> = {};
    const report = await runCampaign({
      seed,
      nextStep: (number) => (number > faults.length ? null : stepOf(seed, number, faults)),
      smallDisks: false,
      say: (line) => said.push(line),
      now: () => new Date(),
      async lastLook(world) {
        const run = await world.parts.feeder.deliver(kinds.scans, plantedRecords);
        await settle(world);
        for (const plant of plants) found[plant.name] = await rulesBrokenBy(plant, world, run);
      },
    });

    expect(report.violations, said.join("\n")).toEqual([]);
    expect(report).toMatchObject({ lost: 0, doubled: 0, faults: { kill: 1, cut: 1, "postgres-restart": 1 } });
    expect(report.kills).toBeGreaterThanOrEqual(3);
    expect(report.records).toBeGreaterThan(0);
    expect(found).toEqual(Object.fromEntries(plants.map(({ name, breaks }) => [name, breaks])));
  },
  testMilliseconds,
);

/** A fault that is put into a whole world by hand, the rules that it breaks, and the statement that takes it out. */
interface Plant {
  name: string;
  breaks: Rule[];
  /** The statements, for a run's id and the number that stands in its records. */
  put(run: string, number: number): string;
  undo(run: string, number: number): string;
}

const nothing = () => "select";
const scans = "waybill_data.scans";

const plants: Plant[] = [
  { name: "nothing", breaks: [], put: nothing, undo: nothing },
  {
    name: "a record taken away",
    breaks: ["lost"],
    put: (_, number) => `delete from ${scans} where run = ${number} and record = 5`,
    undo: (_, number) =>
      `insert into ${scans} (id, run, record, amount, note) select '${number}-5', ${number}, 5,
         ((5 * 31 + ${number} * 17) % 100000) / 100.0, 'record 5 of run ${number}'`,
  },
  {
    name: "a record put in again",
    breaks: ["doubled"],
    put: (_, number) => `insert into ${scans} select * from ${scans} where run = ${number} and record = 6`,
    undo: (_, number) =>
      `delete from ${scans} where ctid = (select max(ctid) from ${scans} where run = ${number} and record = 6)`,
  },
  {
    name: "a record that no run brought",
    breaks: ["foreign"],
    put: () => `insert into ${scans} (id, run, record) values ('x', -1, 1)`,
    undo: () => `delete from ${scans} where run = -1`,
  },
  {
    name: "a record that was changed",
    breaks: ["foreign"],
    put: (_, number) => `update ${scans} set amount = amount + 1 where run = ${number} and record = 7`,
    undo: (_, number) => `update ${scans} set amount = amount - 1 where run = ${number} and record = 7`,
  },
  {
    name: "a count that was changed",
    breaks: ["counts", "foreign", "status"],
    put: (run) => `update waybill.runs set read_count = read_count - 1 where id = '${run}'`,
    undo: (run) => `update waybill.runs set read_count = read_count + 1 where id = '${run}'`,
  },
  {
    name: "a final status that was changed",
    breaks: ["status", "status", "log"],
    put: (run) => `update waybill.runs set status = 'cancelled' where id = '${run}'`,
    undo: (run) => `update waybill.runs set status = 'completed' where id = '${run}'`,
  },
  {
    name: "a second end in a log",
    breaks: ["log"],
    put: (run) =>
      `insert into waybill.run_log (run_id, at, level, event, message)
       values ('${run}', now(), 'info', 'completed', 'planted')`,
    undo: (run) => `delete from waybill.run_log where run_id = '${run}' and message = 'planted'`,
  },
];

/** Puts a fault into a run that completed and that nobody meant to cancel, and gives what an audit of that run finds. */
async function rulesBrokenBy({ put, undo }: Plant, world: World, run: string): Promise<Rule[]> {
  const { api, cluster } = world.parts;
  const query = cluster.query.bind(cluster);
  const started = startedDeliveries(world);
  const chosen = started.find(({ end }) => end?.id === run && end.status === "completed");
  if (!chosen?.end) throw new Error("The load of scans was not completed.");
  const { delivery, end } = chosen;
  await query(put(end.id, delivery.number));
  const { violations } = await audit({ api, query }, [{ delivery, end }], started);
  await query(undo(end.id, delivery.number));
  return violations.map(({ rule }) => rule);
}

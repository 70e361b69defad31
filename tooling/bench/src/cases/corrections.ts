import { setTimeout as delay } from "node:timers/promises";
import type { RunListItem } from "@waybill/core/run/run-summary";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { datasetOf, peopleDefinition } from "../data/people-definition.ts";
import { secondsOf } from "../measure/in-turns.ts";
import { repeat } from "../measure/probe.ts";
import { describeRecords } from "../report/describe-records.ts";
import { type BenchServer, expectCompleted } from "../server/start-server.ts";

const key = "bench-corrections";
/** No city is so short, so every record of the people is rejected until it is emptied. */
const strict = 1;
const bulkSecondsMax: Bar = { of: "worst", first: 10 };
const halfOfFirstLoad: Bar = { of: "ratio", first: 0.5 };
const answer: Bar = { of: "p95", first: 300 };
const pollMilliseconds = 20;
const callSecondsMax = 10;

/** The Transaction Assistant on many rejected records of one run. */
export const corrections: Case = {
  name: "corrections",
  what: "a run whose records are all rejected: one change to all of them in bulk, then all of them resubmitted",
  beside:
    "10 s for the bulk edit; half of the speed of a first load of the same records; 300 ms for a page of the list",
  measure: (bench) => bench.withServer((server, database) => measure(bench, server, database)),
};

async function measure(bench: Bench, server: BenchServer, database: BenchDatabase): Promise<Line[]> {
  const records = bench.sizes.rejectedRecords;
  const file = await server.upload(await bench.files.zip(records));
  const [first, again, bulk, pages, counts]: number[][] = [[], [], [], [], []];
  for (let turn = 0; turn < bench.times; turn++) {
    first?.push(await loadFirst(server, database, { file, records }));
    const run = await reject(server, database, { file, records });
    const filter = { run, state: ["open" as const] };
    const lists = () =>
      server.api.records.list.query({ filter, limit: 200, offset: Math.floor(Math.random() * records) });
    pages?.push(...(await repeat(bench.sizes.calls, callSecondsMax, lists)));
    counts?.push(...(await repeat(5, callSecondsMax, () => server.api.records.count.query({ filter }))));
    bulk?.push(await secondsOf(() => heal(server, run, records)));
    again?.push(await resubmit(server, run, records));
    bench.say(`corrections: bulk ${bulk?.at(-1)?.toFixed(2)} s, resubmitted ${again?.at(-1)?.toFixed(0)} a second`);
  }
  const many = describeRecords(records);
  return [
    { what: `bulk edit of ${many}`, unit: "s", values: bulk ?? [], bar: bulkSecondsMax },
    {
      what: `resubmission of ${many}`,
      unit: "records/s",
      values: again ?? [],
      peer: { name: "a first load of the same", values: first ?? [] },
      bar: halfOfFirstLoad,
    },
    { what: `records.list at any place of ${many}`, unit: "ms", values: pages ?? [], bar: answer },
    { what: `records.count of ${many}`, unit: "ms", values: counts ?? [] },
  ];
}

interface Source {
  file: string;
  records: number;
}

async function loadFirst(server: BenchServer, database: BenchDatabase, { file, records }: Source): Promise<number> {
  await emptyDataset(server, database, { strict: false });
  const timed = await server.run(key, file);
  expectCompleted(timed, records);
  return recordsASecond(timed.run);
}

/** Gives the id of a run that rejected everything. */
async function reject(server: BenchServer, database: BenchDatabase, { file, records }: Source): Promise<string> {
  await emptyDataset(server, database, { strict: true });
  const { run } = await server.run(key, file);
  if (run.counts.rejected !== records) throw new Error(`${run.counts.rejected} of ${records} records were rejected.`);
  return run.id;
}

async function heal(server: BenchServer, run: string, records: number): Promise<void> {
  const change = { kind: "set" as const, column: "city", value: "" };
  let edit = await server.api.records.bulk.start.mutate({ filter: { run }, change });
  while (edit.status === "in_progress") {
    await delay(pollMilliseconds);
    edit = await server.api.records.bulk.get.query({ bulkEdit: edit.id });
  }
  if (edit.counts.healed !== records) throw new Error(`The bulk edit healed ${edit.counts.healed} of ${records}.`);
}

async function resubmit(server: BenchServer, from: string, records: number): Promise<number> {
  const { runs } = await server.api.records.resubmit.mutate({ of: { filter: { run: from } } });
  const run = await server.untilOver(runs[0]?.id ?? "");
  expectCompleted({ run, seconds: 0 }, records);
  return recordsASecond(run);
}

/** From the moment that a worker took the run until its end. */
function recordsASecond({ counts, startedAt, finishedAt }: RunListItem): number {
  return (counts.read * 1_000) / (Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? ""));
}

async function emptyDataset(server: BenchServer, database: BenchDatabase, rules: { strict: boolean }): Promise<void> {
  const cityCharactersMax = rules.strict ? strict : undefined;
  await server.api.integrations.applyDefinition.mutate({ yaml: peopleDefinition({ key, cityCharactersMax }) });
  await database.query(`drop table if exists waybill_data.${datasetOf(key)}`);
  await database.settle();
}

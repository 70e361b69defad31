import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { readMemory } from "../measure/process-memory.ts";
import { describeRecords } from "../report/describe-records.ts";
import { openPeopleLoad } from "../server/people-load.ts";

const bar: Bar = { of: "worst", first: 350, goal: 250 };
const warmUpRecords = 10_000;
/** Files above this are loaded once; their memory hardly differs and they take minutes. */
const repeatedRecordsMax = 1_000_000;

/** What a file costs by its size. */
export const memory: Case = {
  name: "memory",
  what: "peak memory of a fresh server, upload included, and the time for each record, by the size of a zip",
  beside: "350 MiB, whatever the size",
  async measure(bench) {
    const lines: Line[] = [];
    for (const records of bench.sizes.costRecords) lines.push(...(await measureSize(bench, records)));
    return lines;
  },
};

async function measureSize(bench: Bench, records: number): Promise<Line[]> {
  const peaks: number[] = [];
  const costs: number[] = [];
  const times = records > repeatedRecordsMax ? 1 : bench.times;
  for (let turn = 0; turn < times; turn++) {
    const { peak, seconds } = await loadOnce(bench, records);
    bench.say(`${describeRecords(records)}: ${seconds.toFixed(3)} s, ${peak?.toFixed(0) ?? "?"} MiB`);
    if (peak !== null) peaks.push(peak);
    costs.push((seconds * 1_000_000) / records);
  }
  const untold = peaks.length === 0 ? { note: "this machine does not tell" } : {};
  return [
    { what: `${describeRecords(records)}, peak memory`, unit: "MiB", values: peaks, bar, ...untold },
    { what: `${describeRecords(records)}, time for each`, unit: "µs/record", values: costs },
  ];
}

async function loadOnce(bench: Bench, records: number): Promise<{ peak: number | null; seconds: number }> {
  return await bench.withServer(async (server, database) => {
    const warmUp = await openPeopleLoad(bench, server, database, "warm-up");
    await warmUp.run(await server.upload(await bench.files.csv(warmUpRecords)), warmUpRecords);
    const load = await openPeopleLoad(bench, server, database);
    const { seconds } = await load.run(await server.upload(await bench.files.zip(records)), records);
    return { peak: (await readMemory(server.pid))?.peak ?? null, seconds };
  });
}

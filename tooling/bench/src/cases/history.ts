import type { RunListItem } from "@waybill/core/run/run-summary";
import type { BenchDatabase } from "../bench/cluster.ts";
import type { Bench } from "../bench/open-bench.ts";
import type { Bar, Case, Line } from "../case.ts";
import { fillHistory } from "../data/fill-history.ts";
import { repeat } from "../measure/probe.ts";
import { openPeopleLoad } from "../server/people-load.ts";
import type { BenchServer } from "../server/start-server.ts";
import { measurePurge } from "./history-purge.ts";

const integrations = 20;
const callSecondsMax = 20;
const warmUpCalls = 5;
const bar: Bar = { of: "median", first: 50 };

/** The list of runs and the Run Summary in a Waybill that has run for years. */
export const history: Case = {
  name: "history",
  what: "the list of runs by each of its filters, and the Run Summary, with a long history; and the purge of a tenth of it",
  beside: "50 ms, the way to the server and back included; 300 ms at the 95th percentile while it is purged",
  measure: (bench) =>
    bench.withServer(async (server, database) => {
      const newest = await fill(bench, server, database);
      const stored = `of ${bench.sizes.historyRuns.toLocaleString("en-US")} runs`;
      const lines: Line[] = [];
      for (const [what, call] of Object.entries(callsOn(server, newest))) {
        await repeat(warmUpCalls, callSecondsMax, call);
        const values = await repeat(bench.sizes.calls, callSecondsMax, call);
        lines.push({ what: `${what} ${stored}`, unit: "ms", values, bar });
      }
      return [...lines, ...(await measurePurge(bench, database, server.masterKey))];
    }),
};

async function fill(bench: Bench, server: BenchServer, database: BenchDatabase): Promise<RunListItem[]> {
  bench.say("filling the history");
  for (let number = 1; number <= integrations; number++) {
    await openPeopleLoad(bench, server, database, `integration-${number}`);
  }
  await fillHistory(database, bench.sizes.historyRuns);
  return (await server.api.runs.list.query({ limit: 100 })).items;
}

/** The calls that the console makes, by what they are. */
function callsOn({ api }: BenchServer, newest: RunListItem[]): Record<string, () => Promise<unknown>> {
  const { list, get } = api.runs;
  let at = 0;
  return {
    "runs.list": () => list.query({}),
    "runs.list by status": () => list.query({ status: ["failed"] }),
    "runs.list by a status that none has": () => list.query({ status: ["scheduled"] }),
    "runs.list by integration": () => list.query({ integration: "integration-7" }),
    "runs.list by status and integration": () => list.query({ integration: "integration-7", status: ["failed"] }),
    "runs.list by a search that finds many": () => list.query({ search: "history" }),
    "runs.list by a search that finds one": () => list.query({ search: "history 1 " }),
    "runs.list by a search that finds none": () => list.query({ search: "nowhere" }),
    "runs.list by a search for two letters that finds none": () => list.query({ search: "zq" }),
    "runs.list by a search and a status that none has": () =>
      list.query({ search: "history 1 ", status: ["cancelled"] }),
    "the Run Summary": () => get.query({ run: newest[at++ % newest.length]?.id ?? "" }),
  };
}

import { writeFile } from "node:fs/promises";
import { renderTable } from "@waybill/cli/print/table";
import { openBench } from "./bench/open-bench.ts";
import { fullSizes, quickSizes } from "./bench/sizes.ts";
import { allCases } from "./cases/all-cases.ts";
import { help, readOptions, type Wish } from "./options.ts";
import { describeMachine } from "./report/machine.ts";
import { type Report, renderReport } from "./report/render-report.ts";
import { runCases } from "./run-cases.ts";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

try {
  await fulfil(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
  // What was broken off may still wait for something.
  process.exit(1);
}

async function fulfil(wish: Wish): Promise<void> {
  switch (wish.kind) {
    case "help":
      process.stdout.write(help);
      return;
    case "list":
      process.stdout.write(`${renderCases()}\n`);
      return;
    case "measure":
      return await tell(await measure(wish), wish.jsonPath);
  }
}

function renderCases(): string {
  const rows = allCases.map(({ name, what, beside }) => [name, what, beside]);
  return renderTable(["Case", "What", "Beside"], rows);
}

async function measure({ cases, times, quick }: Extract<Wish, { kind: "measure" }>): Promise<Report> {
  const date = new Date().toISOString();
  const stopping = new AbortController();
  for (const name of stopSignals) process.on(name, () => stopping.abort(new Error("It was stopped.")));
  const bench = await openBench({
    databaseUrl: process.env.DATABASE_URL,
    sizes: quick ? quickSizes : fullSizes,
    times,
    say: (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`),
    signal: stopping.signal,
  });
  try {
    const measured = await runCases(bench, cases, quick);
    return { date, machine: describeMachine(bench.postgresVersion), quick, times, ...measured };
  } finally {
    await bench.close();
  }
}

/** The table on standard output; the JSON in its file, or after the table. What could not be measured is a failure. */
async function tell(report: Report, jsonPath: string | null): Promise<void> {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  process.stdout.write(`${renderReport(report)}\n`);
  if (jsonPath) await writeFile(jsonPath, json);
  else process.stdout.write(`\n${json}`);
  if (report.faults.length > 0) process.exitCode = 1;
}

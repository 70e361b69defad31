import { writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import { guardOutput } from "@waybill/cli/output";
import { runCampaign } from "./campaign.ts";
import type { Fault } from "./faults/fault.ts";
import { exitCodes, type Options, readOptions } from "./options.ts";
import { stepOf } from "./plan.ts";
import { describeReport } from "./report/report.ts";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const minuteMilliseconds = 60_000;

// A terminal that is closed must not end this process before it has ended those that it started.
guardOutput();
process.exitCode = await main(process.argv.slice(2));

async function main(parameters: string[]): Promise<number> {
  const asked = readOptions(parameters);
  switch (asked.kind) {
    case "run":
      return await breakThings(asked.options).catch(tellWhyNot);
    case "say":
      process.stdout.write(asked.text);
      return exitCodes.held;
    case "wrong":
      process.stderr.write(`${asked.text}\n`);
      return exitCodes.wrongUsage;
  }
}

async function breakThings({ seed, minutes, faults, json }: Options): Promise<number> {
  const stopping = hearStop();
  const possible = await leaveOutImpossible(faults);
  if (possible.length === 0) return tellWhyNot("None of these faults can be done here.");
  const until = performance.now() + minutes * minuteMilliseconds;
  const isOver = () => stopping.aborted || performance.now() > until;
  const report = await runCampaign({
    seed,
    nextStep: (number) => (isOver() ? null : stepOf(seed, number, possible)),
    smallDisks: possible.some(({ name }) => name === "disk-full"),
    say,
    now: () => new Date(),
  });
  process.stdout.write(`\n${describeReport(report)}`);
  if (json !== null) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  return report.violations.length === 0 ? exitCodes.held : exitCodes.violated;
}

/** Aborts at the first signal to stop; later ones change nothing, since what was started must be ended in order. */
function hearStop(): AbortSignal {
  const stopping = new AbortController();
  stopping.signal.addEventListener("abort", () => say("Stopping after this step; the last audit follows."));
  for (const signal of stopSignals) process.on(signal, () => stopping.abort());
  return stopping.signal;
}

async function leaveOutImpossible(faults: Fault[]): Promise<Fault[]> {
  const possible: Fault[] = [];
  for (const fault of faults) {
    const reason = (await fault.impossible?.()) ?? null;
    if (reason === null) possible.push(fault);
    else say(`SKIPPED ${fault.name}: ${reason}`);
  }
  return possible;
}

function tellWhyNot(reason: unknown): number {
  process.stderr.write(`${typeof reason === "string" ? reason : inspect(reason)}\n`);
  return exitCodes.notDone;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

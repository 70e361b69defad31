import { writeFile } from "node:fs/promises";
import { runCampaign } from "./campaign.ts";
import type { Fault } from "./faults/fault.ts";
import { type Options, readOptions } from "./options.ts";
import { stepOf } from "./plan.ts";
import { describeReport } from "./report/report.ts";

const exitCodes = { held: 0, violated: 1, wrongUsage: 2 } as const;
const minuteMilliseconds = 60_000;

process.exitCode = await main(process.argv.slice(2));

async function main(parameters: string[]): Promise<number> {
  const asked = readOptions(parameters);
  switch (asked.kind) {
    case "run":
      return await breakThings(asked.options);
    case "say":
      process.stdout.write(asked.text);
      return exitCodes.held;
    case "wrong":
      process.stderr.write(`${asked.text}\n`);
      return exitCodes.wrongUsage;
  }
}

async function breakThings({ seed, minutes, faults, json }: Options): Promise<number> {
  const possible = await leaveOutImpossible(faults);
  const until = performance.now() + minutes * minuteMilliseconds;
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
    say("Stopping after this step; the last audit follows.");
  });
  const report = await runCampaign({
    seed,
    nextStep: (number) => (stopped || performance.now() > until ? null : stepOf(seed, number, possible)),
    smallDisks: possible.some(({ name }) => name === "disk-full"),
    say,
    now: () => new Date(),
  });
  process.stdout.write(`\n${describeReport(report)}`);
  if (json !== null) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  return report.violations.length === 0 ? exitCodes.held : exitCodes.violated;
}

async function leaveOutImpossible(faults: Fault[]): Promise<Fault[]> {
  const possible: Fault[] = [];
  for (const fault of faults) {
    const reason = (await fault.impossible?.()) ?? null;
    if (reason === null) possible.push(fault);
    else say(`SKIPPED ${fault.name}: ${reason}`);
  }
  if (possible.length === 0) throw new Error("None of these faults can be done here.");
  return possible;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}

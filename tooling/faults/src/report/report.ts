import type { DatedViolation } from "../check/complaints.ts";
import { type Rule, rules } from "../check/violation.ts";

/** What a campaign did and found. Times are ISO 8601 in UTC. */
export interface Report {
  seed: number;
  startedAt: string;
  finishedAt: string;
  steps: number;
  /** How many workers were killed, by all faults that do so. */
  kills: number;
  /** How often each fault was done, by its name. */
  faults: Record<string, number>;
  runs: number;
  /** How many runs ended in each way: by their status, and the code of a failure. */
  ends: Record<string, number>;
  records: number;
  lost: number;
  doubled: number;
  takeOvers: { count: number; slowestSeconds: number };
  violations: DatedViolation[];
  /** What the processes said; null where nothing was kept, since everything held. */
  logFolder: string | null;
}

/** How many violations of one rule are listed at the end. */
const printedMax = 10;

/** The report as people read it, ending with what did not hold. */
export function describeReport(report: Report): string {
  const rows: [string, string | number][] = [
    ["seed", report.seed],
    ["kills in all", report.kills],
    ["faults done", countedList(Object.entries(report.faults))],
    ["runs started", report.runs],
    ["which ended", countedList(Object.entries(report.ends))],
    ["records", report.records.toLocaleString("en")],
    ["lost", report.lost],
    ["doubled", report.doubled],
    ["runs of dead workers that went on", report.takeOvers.count],
    ["slowest of these", `${report.takeOvers.slowestSeconds.toFixed(1)} s`],
    ["violated invariants", report.violations.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return `${[...table, ...describeViolations(report)].join("\n")}\n`;
}

/** How often each name occurs. */
export function countEach(names: string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(names, (name) => name));
  return Object.fromEntries(groups.map(([name, group]) => [name, group?.length ?? 0]));
}

function countedList(counts: [string, number][]): string {
  return counts.map(([name, count]) => `${name} ${count}`).join(", ") || "none";
}

function describeViolations({ violations, logFolder, seed }: Report): string[] {
  if (violations.length === 0) return [];
  const broken = [...new Set(violations.map(({ rule }) => rule))];
  return [
    "",
    ...broken.flatMap((rule) => describeRule(rule, violations)),
    "",
    `The steps are those of seed ${seed}; what the processes said is in ${logFolder}.`,
  ];
}

function describeRule(rule: Rule, violations: DatedViolation[]): string[] {
  const ofRule = violations.filter((violation) => violation.rule === rule);
  return [
    `${rule} (${rules[rule]}): ${ofRule.length}`,
    ...ofRule.slice(0, printedMax).map(({ step, at, detail }) => `  ${at} step ${step}: ${detail}`),
    ...(ofRule.length > printedMax ? [`  and ${ofRule.length - printedMax} more, above and in the JSON`] : []),
  ];
}

import { renderTable } from "@waybill/cli/print/table";
import { type Bar, isRate, type Unit } from "../case.ts";
import type { JudgedLine } from "./judge.ts";
import type { Machine } from "./machine.ts";

/** All that was measured, when and where. */
export interface Report {
  /** ISO 8601, in UTC. */
  date: string;
  machine: Machine;
  /** Whether the sizes were small; then no bar is judged. */
  quick: boolean;
  times: number;
  lines: JudgedLine[];
  /** Cases that could not be measured, with the reason. */
  faults: { case: string; reason: string }[];
}

const head = ["Case", "What", "Median", "p95", "Worst", "Peer", "Its median", "Ratio", "Bar", "Met"];

/** The report as a table for people. */
export function renderReport(report: Report): string {
  const { date, machine, quick, times, lines, faults } = report;
  const rows = lines.map(toRow);
  return [
    `${date.slice(0, 10)}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGib} GiB, ${machine.system}`,
    `Node ${machine.node}, Postgres ${machine.postgres}; Waybill and its peers ${times} times in turn`,
    ...(quick ? ["Small sizes: the bars are meant for full ones, and are not judged."] : []),
    "",
    renderTable(head, rows, ["Median", "p95", "Worst", "Its median", "Ratio"]),
    "",
    "A ratio is the speed of Waybill divided by that of its peer. The goal of a bar stands in brackets.",
    ...lines.filter((line) => line.note).map((line) => `${line.case}, ${line.what}: ${line.note}`),
    ...faults.map((fault) => `${fault.case} could not be measured: ${fault.reason}`),
  ].join("\n");
}

function toRow(line: JudgedLine): string[] {
  const { peer, unit } = line;
  return [
    line.case,
    line.what,
    format(line.median, unit),
    format(line.p95, unit),
    format(line.worst, unit),
    peer ? peer.name + ("absent" in peer ? ` (${peer.absent})` : "") : "",
    format(line.peerMedian, unit),
    line.ratio === null ? "" : line.ratio.toFixed(2),
    line.bar ? formatBar(line.bar, unit) : "",
    formatVerdict(line),
  ];
}

function format(value: number | null, unit: Unit): string {
  return value === null ? "" : `${formatNumber(value)} ${unit}`;
}

/** Three significant digits, and no fewer than all before the point. */
function formatNumber(value: number): string {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function formatBar({ of, first, goal }: Bar, unit: Unit): string {
  const sign = of === "ratio" || isRate(unit) ? "≥" : "≤";
  const named = of === "ratio" ? "ratio" : of;
  const limit = `${named} ${sign} ${first}${of === "ratio" ? "" : ` ${unit}`}`;
  return goal === undefined ? limit : `${limit} (${goal})`;
}

function formatVerdict({ met, goalMet }: JudgedLine): string {
  if (met === null) return "";
  if (!met) return "no";
  return goalMet ? "goal" : "yes";
}

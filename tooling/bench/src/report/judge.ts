import { type Bar, isRate, type Line, type Peer } from "../case.ts";
import { median, percentile95 } from "../measure/statistics.ts";

/** A line with what its values come to; what cannot be told is null. */
export interface JudgedLine extends Line {
  case: string;
  median: number | null;
  p95: number | null;
  worst: number | null;
  peerMedian: number | null;
  /** The speed of Waybill divided by that of its peer. */
  ratio: number | null;
  met: boolean | null;
  goalMet: boolean | null;
}

/** Finds what a line comes to, and whether it meets its bar; with small sizes no bar is judged. */
export function judge(caseName: string, line: Line, quick: boolean): JudgedLine {
  const rate = isRate(line.unit);
  const summary = { median: known(median(line.values)), ...summariseBadSide(line.values, rate) };
  const peerMedian = known(median(valuesOf(line.peer)));
  const ratio = ratioOf(summary.median, peerMedian, rate);
  const meets = (limit: number | undefined) =>
    limit === undefined || quick ? null : isMet(line.bar, limit, { ...summary, ratio }, rate);
  return {
    case: caseName,
    ...line,
    ...summary,
    peerMedian,
    ratio,
    met: meets(line.bar?.first),
    goalMet: meets(line.bar?.goal),
  };
}

/** The bad side of a rate is the low one. */
function summariseBadSide(values: number[], rate: boolean): Record<"p95" | "worst", number | null> {
  const sign = rate ? -1 : 1;
  const costs = values.map((value) => sign * value);
  return { p95: known(sign * percentile95(costs)), worst: values.length > 0 ? sign * Math.max(...costs) : null };
}

function valuesOf(peer: Peer | undefined): number[] {
  return peer && "values" in peer ? peer.values : [];
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function ratioOf(own: number | null, peer: number | null, rate: boolean): number | null {
  if (own === null || peer === null) return null;
  return rate ? own / peer : peer / own;
}

type Told = Record<Bar["of"], number | null>;

function isMet(bar: Bar | undefined, limit: number, told: Told, rate: boolean): boolean | null {
  const value = bar ? told[bar.of] : null;
  if (value === null) return null;
  return bar?.of === "ratio" || rate ? value >= limit : value <= limit;
}

import type { Bench } from "./bench/open-bench.ts";

/** One thing that is measured, beside its peer or its limit. */
export interface Case {
  name: string;
  what: string;
  /** The program or the limit that it is held against, in words. */
  beside: string;
  /** Takes all measurements. Throws when something did not do its work, since its speed then means nothing. */
  measure(bench: Bench): Promise<Line[]>;
}

/** Of the units of rate more is better, of the others less. */
export const units = ["s", "ms", "MiB", "µs/record", "runs/s", "records/s"] as const;
export type Unit = (typeof units)[number];

/** One line of the table: what was measured of Waybill, and what of its peer, in the same unit. */
export interface Line {
  what: string;
  unit: Unit;
  values: number[];
  peer?: Peer;
  bar?: Bar;
  /** What else a reader should know, such as why there are no values. */
  note?: string;
}

/** What the same work cost another program; without values `absent` says why. */
export type Peer = { name: string; values: number[] } | { name: string; absent: string };

/** What is asked of a line. A ratio is the speed of Waybill divided by that of its peer. */
export interface Bar {
  of: "ratio" | "median" | "p95" | "worst";
  first: number;
  goal?: number;
}

/** Whether more of this unit is better. */
export function isRate(unit: Unit): boolean {
  return unit === "runs/s" || unit === "records/s";
}

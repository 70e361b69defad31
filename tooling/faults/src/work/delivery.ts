import { zipSync } from "fflate";
import type { Kind } from "./kind.ts";

/** One run that the feeder starts, and all that is known of it beforehand. */
export interface Delivery {
  /** Stands in every record, so that each row of a destination says which run brought it. */
  number: number;
  kind: Kind;
  records: number;
  /** Whether somebody may cancel it. */
  cancelled: boolean;
}

/** How many of the first `records` records of a delivery are turned away. */
export function faultyAmong(kind: Kind, records: number): number {
  return kind.faultyEvery === null ? 0 : Math.floor(records / kind.faultyEvery);
}

/** The source file of a delivery: CSV, or a zip that holds it where it is large. */
export function fileOf(delivery: Delivery): { name: string; bytes: Uint8Array } {
  const rows = Array.from({ length: delivery.records }, (_, index) => rowOf(delivery, index + 1));
  const csv = Buffer.from(`id,run,record,amount,note\n${rows.join("")}`);
  const name = `${delivery.kind.key}-${delivery.number}`;
  if (delivery.records < zippedFromRecords) return { name: `${name}.csv`, bytes: csv };
  return { name: `${name}.zip`, bytes: zipSync({ [`${name}.csv`]: csv }, { level: 1 }) };
}

/** The same two rules as in `fileOf`, in SQL: an expression that is true of a row which is not as it was sent. */
export const wrongRow = `amount is distinct from ((record * 31 + run * 17) % 100000) / 100.0
  or note is distinct from format('record %s of run %s', record, run)`;

const zippedFromRecords = 10_000;

function rowOf({ kind, number }: Delivery, record: number): string {
  const id = kind.overwrites ? `P-${record}` : `${number}-${record}`;
  return `${id},${number},${record},${amountOf(kind, number, record)},record ${record} of run ${number}\n`;
}

/** What is turned away: by the destination, which takes no negative amount, or by the definition, which takes no words. */
function amountOf(kind: Kind, number: number, record: number): string {
  const faulty = kind.faultyEvery !== null && record % kind.faultyEvery === 0;
  if (faulty) return kind.table.startsWith("public.") ? "-1.00" : "unknown";
  return (((record * 31 + number * 17) % 100_000) / 100).toFixed(2);
}

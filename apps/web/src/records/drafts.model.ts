import type { ApiFault } from "../data/api.ts";
import type { RecordDetails } from "../data/records.ts";

/**
 * Which records of a request that was refused as a whole are to blame, and which are sent again: without the one that the
 * server named, or, where it named none and they are several, each alone.
 */
export function splitBatch(records: string[], fault: ApiFault): { blamed: string[]; again: string[] } {
  const named = records.filter((record) => record === fault.details?.record);
  if (named.length > 0) return { blamed: named, again: records.filter((record) => !named.includes(record)) };
  const byRecord = fault.code === "edit_invalid" && records.length > 1;
  return byRecord ? { blamed: [], again: records } : { blamed: records, again: [] };
}

/** Who changed a record last, as a sentence begins. */
export function describeChanger(history: RecordDetails["history"]): string {
  const last = history.at(-1);
  if (!last) return "Somebody";
  return last.kind === "resubmission" ? "A resubmission" : last.by;
}

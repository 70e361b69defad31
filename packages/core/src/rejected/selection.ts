import { z } from "zod";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { conditionsOf, type RecordConditions, recordFilter } from "./record-filter.ts";

/** Records named one by one, or all that fit a filter. */
export const selection = z.union([
  z.strictObject({ records: z.array(z.uuid()).min(1).max(limits.recordsNamedMax) }),
  z.strictObject({ filter: recordFilter }),
]);
export type Selection = z.output<typeof selection>;

/** The conditions by which the selected records are found. Throws `run_unknown`. */
export async function conditionsOfSelection(services: Services, selected: Selection): Promise<RecordConditions> {
  if ("filter" in selected) return await conditionsOf(services, selected.filter);
  return { runs: "true", records: "r.id = any($1::uuid[])", values: [[...new Set(selected.records)]] };
}

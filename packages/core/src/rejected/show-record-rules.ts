import type { z } from "zod";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { limits } from "../limits.ts";
import type { Lookups } from "../record/compile-record.ts";
import { findRunId, getRunInput } from "../run/read-run.ts";
import { rulesOf } from "./record-rules.ts";

export const getRecordRulesInput = getRunInput;

/**
 * What a browser needs to check the records of a run as somebody types: compiled there by the same functions. Values of
 * attachments are left out where there are too many, and datasets always; the server knows them.
 */
export interface ShownRecordRules {
  run: string;
  version: number;
  definition: Definition;
  header: string[];
  /** Secrets are masked. */
  parameters: Record<string, unknown>;
  /** For each attachment, the values of each column that a field refers to. */
  lookups: Record<string, Record<string, string[]>>;
}

/** The rules that the rejected records of a run are checked by again. Throws `run_unknown`, or an attachment's fault. */
export async function getRecordRules(
  ctx: Context,
  input: z.output<typeof getRecordRulesInput>,
): Promise<ShownRecordRules> {
  const run = await findRunId(ctx, input.run);
  const { version, definition, header, parameters, lookups } = await rulesOf(ctx, run);
  return { run, version, definition, header, parameters, lookups: showLookups(definition, lookups) };
}

function showLookups(definition: Definition, lookups: Lookups): ShownRecordRules["lookups"] {
  const shown: ShownRecordRules["lookups"] = {};
  for (const { references } of definition.fields) {
    if (!references || !("attachment" in references)) continue;
    const values = lookups.get(references.attachment)?.get(references.column);
    if (!values || values.size > limits.lookupValuesShownMax) continue;
    shown[references.attachment] = { ...shown[references.attachment], [references.column]: [...values] };
  }
  return shown;
}

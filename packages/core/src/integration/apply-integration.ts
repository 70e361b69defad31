import { transaction } from "@waybill/db";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Definition } from "../definition/definition.ts";
import { readDefinition } from "../definition/read-definition.ts";
import { WaybillError } from "../errors.ts";
import { ceilingFileLimits, limits } from "../limits.ts";
import { type ApplyOutcome, definitionInvalid, writeVersion } from "../write-version.ts";

export const applyIntegrationInput = z.strictObject({ yaml: z.string().max(limits.definitionBytesMax) });

/**
 * Makes a definition the current version of its integration. An unchanged one makes no new version.
 * Throws `definition_invalid` with every fault and its line, or `definition_limit_above_ceiling`.
 */
export async function applyIntegration(
  ctx: Context,
  input: z.output<typeof applyIntegrationInput>,
): Promise<{ key: string; version: number; outcome: ApplyOutcome }> {
  const read = readDefinition(input.yaml);
  if (!read.ok) throw definitionInvalid(read.faults);
  checkCeilings(read.definition);
  const { definition } = read;
  const version = {
    kind: "integration",
    definition,
    yaml: input.yaml,
    more: { direction: definition.direction },
  } as const;
  const { id: _, ...applied } = await transaction(ctx.database, (client) => writeVersion(ctx, client, version));
  return applied;
}

function checkCeilings(definition: Definition): void {
  for (const [name, value] of Object.entries(definition.source.limits ?? {})) {
    const ceiling = ceilingFileLimits[name as keyof typeof ceilingFileLimits];
    if (value !== undefined && value > ceiling) {
      const message = `source.limits.${name} is ${value}, above the ${ceiling} bytes that this server allows. Lower it.`;
      throw new WaybillError("definition_limit_above_ceiling", message, { name, value, ceiling });
    }
  }
}

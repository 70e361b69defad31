import { z } from "zod";
import { externalKey, label, parameterSchema } from "../definition/definition.ts";
import { integrationKeyPattern, keptSetKey } from "../definition/names.ts";
import { limits } from "../limits.ts";

const key = (what: string) =>
  z
    .string()
    .regex(integrationKeyPattern, `is not ${what}: a small letter, then small letters, digits or -, 60 at most`);

/** A value of a step's integration: one that is given once for the set, or one that is always the same. */
const stepValue = z.union(
  [
    z.strictObject({ parameter: z.string() }),
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.string()),
    z.strictObject({ start: z.string(), end: z.string() }),
  ],
  "must be a value, or { parameter } of the set",
);

const step = z
  .strictObject({
    key: key("a step's key").optional(),
    integration: key("an integration key"),
    name: label.optional(),
    /** In place of what the set says. */
    abortOnFailure: z.boolean().optional(),
    parameters: z.record(externalKey("a parameter key"), stepValue).default({}),
    /** The stored file that the step reads where its run is given none. */
    sourceFile: z.uuid().optional(),
    attachments: z.record(externalKey("an attachment key"), z.uuid()).default({}),
  })
  .transform((one) => ({ ...one, key: one.key ?? one.integration }));

/** What the definition of a set may say. The rules that join its parts are in `read-set.ts`. */
export const setDefinitionSchema = z.strictObject({
  waybill: z.literal(1),
  kind: z.literal("set"),
  key: key("a set's key").refine(
    (text) => text !== keptSetKey,
    `must not be "${keptSetKey}", the console's address of a set that is being written; choose another`,
  ),
  name: label,
  description: z.string().max(2_000).default(""),
  /** Given once for the set; its steps refer to them. */
  parameters: z.array(parameterSchema).max(100).default([]),
  /** Whether a step that is not Completed keeps those after it from running. */
  abortOnFailure: z.boolean().default(true),
  steps: z
    .array(step)
    .min(2, "needs at least two steps; one integration runs by itself")
    .max(limits.setStepsMax, `may have at most ${limits.setStepsMax} steps`),
  /** Where the set's days begin and its local times are meant. */
  timeZone: z.string().optional(),
});

export type SetDefinition = z.output<typeof setDefinitionSchema>;
export type SetStep = SetDefinition["steps"][number];

import { z } from "zod";
import { limits } from "../limits.ts";
import { isPrintable } from "../value/printable.ts";
import {
  fieldNamePattern,
  fieldTypes,
  integrationKeyPattern,
  parameterKeyPattern,
  parameterTypes,
  plainTransforms,
} from "./names.ts";

export const label = z.string().min(1).max(200).refine(isPrintable, "must hold no control character");
const bytes = z.number().int().positive();
const choiceList = z.array(z.string().min(1).max(200)).min(1).max(1_000);
const bound = z.union([z.number(), z.string().max(100)]);
const fieldName = z
  .string()
  .regex(fieldNamePattern, "is not a field name: a small letter, then small letters, digits or _, 63 at most");
const columnName = z.string().min(1).max(200);

const delimiter = z
  .string()
  .refine((text) => text.length === 1 && !/["\r\n]/.test(text), "must be one character, such as , or ;");

export const externalKey = (what: string) =>
  z
    .string()
    .regex(parameterKeyPattern, `is not ${what}: a letter, then letters, digits or _`)
    .refine((key) => !(key in Object.prototype), "is a word that programs keep for themselves; choose another");

/** A parameter as it is written, its defaults filled in. */
export const parameterSchema = z
  .strictObject({
    key: externalKey("a parameter key"),
    label: label.optional(),
    description: z.string().max(1_000).optional(),
    type: z.enum(parameterTypes),
    required: z.boolean().default(false),
    default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
    choices: choiceList.optional(),
    min: bound.optional(),
    max: bound.optional(),
    maxLength: z.number().int().positive().max(limits.parameterTextCharactersMax).optional(),
  })
  .transform((one) => ({ ...one, label: one.label ?? one.key }));

const attachment = z
  .strictObject({
    key: externalKey("an attachment key"),
    label: label.optional(),
    required: z.boolean().default(false),
    columns: z.array(columnName).min(1).max(limits.csvColumnsMax),
    delimiter: delimiter.default(","),
  })
  .transform((one) => ({ ...one, label: one.label ?? one.key }));

/** One step of a field's transforms. */
export const transformSchema = z.union([
  z.enum(plainTransforms),
  z.strictObject({
    pad_left: z.strictObject({ length: z.number().int().min(1).max(1_000), with: z.string().length(1) }),
  }),
  z.strictObject({ replace: z.strictObject({ text: z.string().min(1).max(200), with: z.string().max(200) }) }),
  z.strictObject({ remove: z.string().min(1).max(200) }),
  z.strictObject({ map: z.record(z.string(), z.string()) }),
]);

const references = z.union(
  [
    z.strictObject({ attachment: z.string(), column: columnName }),
    z.strictObject({ dataset: fieldName, field: fieldName }),
  ],
  "must be { attachment, column } or { dataset, field }",
);

/** A field as it is written, its defaults filled in. */
export const fieldSchema = z
  .strictObject({
    name: fieldName,
    column: columnName.optional(),
    label: label.optional(),
    type: z.enum(fieldTypes),
    required: z.boolean().default(false),
    optionalColumn: z.boolean().default(false),
    minLength: z.number().int().min(0).max(1_000_000).optional(),
    maxLength: z.number().int().min(1).max(1_000_000).optional(),
    pattern: z.string().max(500).optional(),
    format: z.string().max(60).optional(),
    scale: z.number().int().min(0).max(100).optional(),
    precision: z.number().int().min(1).max(1_000).optional(),
    min: bound.optional(),
    max: bound.optional(),
    choices: choiceList.optional(),
    unique: z.boolean().default(false),
    references: references.optional(),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    transform: z.array(transformSchema).max(20).default([]),
    value: z
      .union([
        z.strictObject({ parameter: z.string() }),
        z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) }),
      ])
      .optional(),
    timeZone: z.string().optional(),
  })
  .transform((one) => ({ ...one, column: one.column ?? one.name }));

const skipRule = z.strictObject({
  field: z.string(),
  equals: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  unlessParameter: z.string().optional(),
});

/** Waybill's tables and Postgres's own are nobody's destination; datasets are named as such. */
const ownSchemas = /^(waybill(_data|_queue)?|information_schema|pg_[^.]*)\./i;

const mode = z.enum(["insert", "upsert", "replace"]).default("upsert");
const destination = z
  .union(
    [
      z.strictObject({ dataset: fieldName, mode }),
      z.strictObject({
        table: z
          .string()
          .regex(/^[^.]{1,63}\.[^.]{1,63}$/, "must name its schema too, such as public.people")
          .refine((name) => !ownSchemas.test(name), "is in a schema that Waybill or Postgres keeps for itself"),
        mode,
      }),
    ],
    "must be { dataset } or { table }, each with a mode or without",
  )
  .transform((given) => {
    if ("dataset" in given) return { kind: "dataset" as const, dataset: given.dataset, mode: given.mode };
    const [schema = "", table = ""] = given.table.split(".");
    return { kind: "table" as const, schema, table, mode: given.mode };
  });

const source = z.strictObject({
  fileName: z.string().min(1).max(limits.fileNameCharactersMax).default("source.csv"),
  delimiter: delimiter.default(","),
  quote: z.literal('"').default('"'),
  encryption: z.enum(["none", "allowed", "required"]).default("allowed"),
  signature: z.enum(["ignored", "required"]).default("ignored"),
  limits: z
    .strictObject({
      sourceBytesMax: bytes.optional(),
      zipBytesMax: bytes.optional(),
      expandedBytesMax: bytes.optional(),
    })
    .optional(),
  sameBytes: z.enum(["warn", "refuse", "silent"]).default("warn"),
});

const onError = z.strictObject({
  stopAfterRejected: z.number().int().min(0).max(limits.rejectedMax).default(limits.rejectedDefaultMax),
  /** Of the records read; asked only once `limits.percentJudgedAfterRecords` are read, and at the end. */
  stopAfterRejectedPercent: z.number().min(0).max(100).optional(),
  commit: z.enum(["accepted", "all-or-nothing"]).default("accepted"),
});

/** What a definition may say. The rules that join its parts are in `check-definition.ts`; `readDefinition` applies both. */
export const definitionSchema = z.strictObject({
  waybill: z.literal(1),
  kind: z.literal("integration"),
  key: z
    .string()
    .regex(
      integrationKeyPattern,
      "is not an integration key: a small letter, then small letters, digits or -, 60 at most",
    ),
  name: label,
  description: z.string().max(2_000).default(""),
  direction: z.literal("import"),
  source: source.prefault({}),
  parameters: z.array(parameterSchema).max(100).default([]),
  attachments: z.array(attachment).max(20).default([]),
  fields: z.array(fieldSchema).min(1).max(limits.definitionFieldsMax),
  skipWhen: z.array(skipRule).max(50).default([]),
  recordKey: z.array(z.string()).max(16).default([]),
  destination,
  onError: onError.prefault({}),
  rerun: z.boolean().default(true),
  /** How many of the integration's runs go at once, on all workers together; the others wait. */
  runsAtOnce: z.number().int().min(1).max(limits.runsAtOnceMax).default(1),
  /** Where the integration's days begin and its local times are meant. */
  timeZone: z.string().optional(),
});

export type Definition = z.output<typeof definitionSchema>;
export type Field = Definition["fields"][number];
export type Parameter = Definition["parameters"][number];
export type SkipRule = Definition["skipWhen"][number];
export type Transform = Field["transform"][number];

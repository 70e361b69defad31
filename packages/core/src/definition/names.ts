/** The types that a field can have. */
export const fieldTypes = ["text", "integer", "decimal", "boolean", "date", "time", "timestamp", "choice"] as const;
export type FieldType = (typeof fieldTypes)[number];

/** The types that a parameter can have; `timeframe` is two dates, resolved when the run starts. */
export const parameterTypes = [
  "text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "choice",
  "choices",
  "secret",
  "timeframe",
] as const;
export type ParameterType = (typeof parameterTypes)[number];

/** The formats that a text field can be held to. */
export const textFormats = ["email", "uuid", "url"] as const;
export type TextFormat = (typeof textFormats)[number];

/** Transforms that need nothing but the value. */
export const plainTransforms = [
  "trim",
  "collapse_spaces",
  "lower",
  "upper",
  "digits_only",
  "strip_leading_zeros",
] as const;
export type PlainTransform = (typeof plainTransforms)[number];

/** What the fields, integrations, parameters and attachments of a definition may be called. */
export const fieldNamePattern = /^[a-z][a-z0-9_]{0,62}$/;
export const integrationKeyPattern = /^[a-z][a-z0-9-]{0,59}$/;
/** No set has this key: in the console it is the address of one that is being written. */
export const keptSetKey = "new";
export const parameterKeyPattern = /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/;

import { checkField } from "./check-field.ts";
import { checkParameter } from "./check-parameter.ts";
import { isMapping, mappings, type PathFault, type Raw, texts, within } from "./raw-document.ts";
import { isTimeZone } from "./time-zone.ts";

/**
 * The rules that join the parts of a definition. Takes the document as it was read, well-formed or not, so that these
 * faults are named together with all the others.
 */
export function checkDefinition(document: unknown): PathFault[] {
  const root = isMapping(document) ? document : {};
  const fields = mappings(root.fields);
  const names = texts(fields, "name");
  return [
    ...fields.flatMap((field, index) => within(["fields", index], checkField(field))),
    ...mappings(root.parameters).flatMap((one, index) => within(["parameters", index], checkParameter(one))),
    ...repeated(fields, "fields", "name"),
    ...repeated(mappings(root.parameters), "parameters", "key"),
    ...repeated(mappings(root.attachments), "attachments", "key"),
    ...checkRecordKey(root, fields, names),
    ...fields.flatMap((field, index) => checkReferences(root, field, index)),
    ...mappings(root.skipWhen).flatMap((rule, index) => checkSkipRule(root, names, rule, index)),
    ...checkTimeZone(root),
  ];
}

export function repeated(items: Raw[], list: string, property: string): PathFault[] {
  const seen = new Set<unknown>();
  return items.flatMap((item, index) => {
    const value = item[property];
    if (typeof value !== "string" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [
      { path: [list, index, property], message: `${JSON.stringify(value)} is used twice; each must be named once` },
    ];
  });
}

function checkRecordKey(root: Raw, fields: Raw[], names: string[]): PathFault[] {
  if (root.recordKey !== undefined && !Array.isArray(root.recordKey)) return [];
  const key: unknown[] = root.recordKey ?? [];
  const mode = isMapping(root.destination) ? (root.destination.mode ?? "upsert") : undefined;
  if (mode === "upsert" && key.length === 0) {
    return [
      { path: ["recordKey"], message: "is missing: an upsert needs the fields by which a record is found again" },
    ];
  }
  return key.flatMap((name, index) => {
    const path = ["recordKey", index];
    const field = fields.find((one) => one.name === name);
    if (!field) return [unknownName(path, "a field", name, names)];
    if (key.indexOf(name) !== index) return [{ path, message: `${name} is named twice; each must be named once` }];
    if (isAlwaysThere(root, field)) return [];
    return [{ path, message: `${name} must be required, since it is part of the record key` }];
  });
}

function isAlwaysThere(root: Raw, field: Raw): boolean {
  if (!isMapping(field.value) || typeof field.value.parameter !== "string")
    return field.required === true || field.default !== undefined || field.value !== undefined;
  const { parameter } = field.value;
  const found = mappings(root.parameters).find((one) => one.key === parameter);
  return found?.required === true || found?.default !== undefined;
}

function checkReferences(root: Raw, field: Raw, index: number): PathFault[] {
  const faults: PathFault[] = [];
  if (isMapping(field.value) && typeof field.value.parameter === "string") {
    faults.push(...checkValueParameter(root, field.value.parameter, index));
  }
  if (isMapping(field.references) && typeof field.references.attachment === "string") {
    faults.push(...checkAttachmentReference(root, field.references, index));
  }
  const loaded = isMapping(root.destination) ? root.destination.dataset : undefined;
  if (isMapping(field.references) && loaded !== undefined && field.references.dataset === loaded) {
    const path = ["fields", index, "references", "dataset"];
    faults.push({ path, message: `${loaded} is what this integration loads; refer to it from another integration` });
  }
  return faults;
}

/** Types whose value is one text that a column can hold and everybody may see. */
const loadableTypes = ["text", "integer", "decimal", "boolean", "date", "timestamp", "choice"];

function checkValueParameter(root: Raw, key: string, index: number): PathFault[] {
  const path = ["fields", index, "value", "parameter"];
  const parameters = mappings(root.parameters);
  const found = parameters.find((parameter) => parameter.key === key);
  if (!found) return [unknownName(path, "a parameter", key, texts(parameters, "key"))];
  if (loadableTypes.includes(String(found.type))) return [];
  return [{ path, message: `${key} is of type ${found.type}, which cannot be loaded into a field` }];
}

function checkAttachmentReference(root: Raw, references: Raw, index: number): PathFault[] {
  const attachments = mappings(root.attachments);
  const attachment = attachments.find((one) => one.key === references.attachment);
  if (!attachment) {
    const path = ["fields", index, "references", "attachment"];
    return [unknownName(path, "an attachment", references.attachment, texts(attachments, "key"))];
  }
  const columns = Array.isArray(attachment.columns) ? attachment.columns.map(String) : [];
  if (columns.includes(String(references.column))) return [];
  return [
    unknownName(["fields", index, "references", "column"], "a column of that attachment", references.column, columns),
  ];
}

function checkSkipRule(root: Raw, names: string[], rule: Raw, index: number): PathFault[] {
  const faults: PathFault[] = [];
  if (typeof rule.field === "string" && !names.includes(rule.field)) {
    faults.push(unknownName(["skipWhen", index, "field"], "a field", rule.field, names));
  }
  if (typeof rule.unlessParameter !== "string") return faults;
  const path = ["skipWhen", index, "unlessParameter"];
  const parameters = mappings(root.parameters);
  const found = parameters.find((parameter) => parameter.key === rule.unlessParameter);
  if (!found) faults.push(unknownName(path, "a parameter", rule.unlessParameter, texts(parameters, "key")));
  else if (found.type !== "boolean") faults.push({ path, message: `${found.key} must be of type boolean` });
  return faults;
}

export function checkTimeZone(root: Raw): PathFault[] {
  if (typeof root.timeZone !== "string" || isTimeZone(root.timeZone)) return [];
  return [{ path: ["timeZone"], message: "is not an IANA time zone, such as Europe/Berlin" }];
}

function unknownName(path: (string | number)[], what: string, name: unknown, known: string[]): PathFault {
  const has = known.length > 0 ? `there are: ${known.slice(0, 20).join(", ")}` : "there is none";
  return { path, message: `${JSON.stringify(name)} is not ${what}; ${has}` };
}

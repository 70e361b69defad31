import { isTimeZone } from "./check-rules.ts";

/** A fault with the path of its place in the document. */
export interface PathFault {
  path: (string | number)[];
  message: string;
}

type Loose = Record<string, unknown>;

/**
 * The rules that join the parts of a definition. Takes the document as it was read, well-formed or not, so that these
 * faults are named together with all the others.
 */
export function checkDefinition(document: unknown): PathFault[] {
  const root = isObject(document) ? document : {};
  const fields = objects(root.fields);
  const names = texts(fields, "name");
  return [
    ...repeated(fields, "fields", "name"),
    ...repeated(objects(root.parameters), "parameters", "key"),
    ...repeated(objects(root.attachments), "attachments", "key"),
    ...checkRecordKey(root, fields, names),
    ...fields.flatMap((field, index) => checkReferences(root, field, index)),
    ...objects(root.skipWhen).flatMap((rule, index) => checkSkipRule(root, names, rule, index)),
    ...checkTimeZone(root),
  ];
}

function repeated(items: Loose[], list: string, property: string): PathFault[] {
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

function checkRecordKey(root: Loose, fields: Loose[], names: string[]): PathFault[] {
  const key = Array.isArray(root.recordKey) ? root.recordKey : [];
  const mode = isObject(root.destination) ? (root.destination.mode ?? "upsert") : undefined;
  if (mode === "upsert" && key.length === 0) {
    return [
      { path: ["recordKey"], message: "is missing: an upsert needs the fields by which a record is found again" },
    ];
  }
  return key.flatMap((name, index) => {
    const path = ["recordKey", index];
    const field = fields.find((one) => one.name === name);
    if (!field) return [unknownName(path, "field", name, names)];
    const always = field.required === true || field.value !== undefined;
    return always ? [] : [{ path, message: `${name} must be required, since it is part of the record key` }];
  });
}

function checkReferences(root: Loose, field: Loose, index: number): PathFault[] {
  const faults: PathFault[] = [];
  if (isObject(field.value) && typeof field.value.parameter === "string") {
    const keys = texts(objects(root.parameters), "key");
    const path = ["fields", index, "value", "parameter"];
    if (!keys.includes(field.value.parameter)) faults.push(unknownName(path, "parameter", field.value.parameter, keys));
  }
  if (isObject(field.references) && typeof field.references.attachment === "string") {
    faults.push(...checkAttachmentReference(root, field.references, index));
  }
  return faults;
}

function checkAttachmentReference(root: Loose, references: Loose, index: number): PathFault[] {
  const attachments = objects(root.attachments);
  const attachment = attachments.find((one) => one.key === references.attachment);
  if (!attachment) {
    const path = ["fields", index, "references", "attachment"];
    return [unknownName(path, "attachment", references.attachment, texts(attachments, "key"))];
  }
  const columns = Array.isArray(attachment.columns) ? attachment.columns.map(String) : [];
  if (columns.includes(String(references.column))) return [];
  return [
    unknownName(["fields", index, "references", "column"], "column of that attachment", references.column, columns),
  ];
}

function checkSkipRule(root: Loose, names: string[], rule: Loose, index: number): PathFault[] {
  const faults: PathFault[] = [];
  if (typeof rule.field === "string" && !names.includes(rule.field)) {
    faults.push(unknownName(["skipWhen", index, "field"], "field", rule.field, names));
  }
  const keys = texts(objects(root.parameters), "key");
  if (typeof rule.unlessParameter === "string" && !keys.includes(rule.unlessParameter)) {
    faults.push(unknownName(["skipWhen", index, "unlessParameter"], "parameter", rule.unlessParameter, keys));
  }
  return faults;
}

function checkTimeZone(root: Loose): PathFault[] {
  if (typeof root.timeZone !== "string" || isTimeZone(root.timeZone)) return [];
  return [{ path: ["timeZone"], message: "is not an IANA time zone, such as Europe/Berlin" }];
}

function unknownName(path: (string | number)[], what: string, name: unknown, known: string[]): PathFault {
  const has = known.length > 0 ? `there are: ${known.slice(0, 20).join(", ")}` : "there is none";
  return { path, message: `${JSON.stringify(name)} is not a ${what}; ${has}` };
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objects(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map((one) => (isObject(one) ? one : {})) : [];
}

function texts(items: Loose[], property: string): string[] {
  return items.map((item) => item[property]).filter((value) => typeof value === "string");
}

/** A fault with the path of its place in the document. */
export interface PathFault {
  path: (string | number)[];
  message: string;
}

/** A mapping as it was read, well-formed or not. */
export type Raw = Record<string, unknown>;

/** Whether a value of a document has names with values under them. */
export function isMapping(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; one that is no mapping is an empty one here, so that positions stay. */
export function mappings(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map((one) => (isMapping(one) ? one : {})) : [];
}

/** The texts that stand under a name in each of the items. */
export function texts(items: Raw[], property: string): string[] {
  return items.map((item) => item[property]).filter((value) => typeof value === "string");
}

/** The same faults, one level further in. */
export function within(path: (string | number)[], faults: PathFault[]): PathFault[] {
  return faults.map((fault) => ({ path: [...path, ...fault.path], message: fault.message }));
}

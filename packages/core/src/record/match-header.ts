import type { Definition } from "../definition/definition.ts";
import { hasInvalidBytes } from "./source-text.ts";

/** Where each field of a definition stands in a header, or why the header does not fit. */
export type MatchedHeader =
  | {
      ok: true;
      /** For each field the position of its column, -1 where it has none. */
      positions: number[];
      /** Columns that the definition does not name. */
      unknown: string[];
    }
  | { ok: false; code: "csv_column_missing" | "csv_column_repeated" | "csv_header_invalid"; message: string };

/** Finds the column of each field by its name, without regard to case and surrounding spaces. */
export function matchHeader(definition: Definition, header: readonly string[]): MatchedHeader {
  const names = header.map(simplify);
  if (header.some((name) => hasInvalidBytes(name) || name.includes("\0"))) {
    const message = "The header row holds bytes that are not valid text. Save the file as UTF-8.";
    return { ok: false, code: "csv_header_invalid", message };
  }
  const repeated = header.filter((_, index) => names[index] !== "" && names.indexOf(names[index] ?? "") !== index);
  if (repeated.length > 0) {
    const message = `The header row names ${listNames(repeated)} more than once. Each column must be named once.`;
    return { ok: false, code: "csv_column_repeated", message };
  }
  const positions = definition.fields.map((field) => (field.value ? -1 : names.indexOf(simplify(field.column))));
  const missing = definition.fields.filter((field, index) => {
    const optional = field.optionalColumn && !field.required;
    return !field.value && !optional && positions[index] === -1;
  });
  if (missing.length > 0) {
    const columns = listNames(missing.map((field) => field.column));
    const remedy = otherDelimiter(definition.source.delimiter, header) ?? "Add what is missing.";
    const message = `The header row has no column ${columns}. It has ${listNames(header)}. ${remedy}`;
    return { ok: false, code: "csv_column_missing", message };
  }
  const unknown = header.filter((name, index) => name.trim() !== "" && !positions.includes(index));
  return { ok: true, positions, unknown };
}

function simplify(name: string): string {
  return name.trim().toLowerCase();
}

/** What to do when the whole header came out as one column, since the file is cut by another sign. */
function otherDelimiter(delimiter: string, header: readonly string[]): string | null {
  const [only = "", ...rest] = header;
  const found = [",", ";", "\t", "|"].find((sign) => sign !== delimiter && only.includes(sign));
  if (rest.length > 0 || !found) return null;
  return `The file seems to separate its columns by ${JSON.stringify(found)}; the definition says ${JSON.stringify(delimiter)} (source.delimiter).`;
}

const namesListed = 20;
const nameCharactersListed = 60;

/** Names in quotes, each cut short, and no more than a sentence can hold. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, namesListed).map(shorten);
  const more = names.length > namesListed ? ` and ${names.length - namesListed} more` : "";
  return shown.join(", ") + more;
}

function shorten(name: string): string {
  return JSON.stringify(name.length > nameCharactersListed ? `${name.slice(0, nameCharactersListed)}…` : name);
}

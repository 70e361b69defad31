import type { PlainTransform } from "@waybill/core/definition/names";
import type { BulkChange } from "../data/bulk-edits.ts";
import { readValueTable } from "./value-table.model.ts";

/** What can be done to a column, in the words of the form. */
export const changeKinds = {
  set: "Set to",
  empty: "Make empty",
  replace: "Replace",
  transform: "Transform",
  map: "Map values",
} as const;
export type ChangeKind = keyof typeof changeKinds;

/** What each transform does, in the words of the form. */
export const transformWords: Record<PlainTransform, string> = {
  trim: "Trim spaces at both ends",
  collapse_spaces: "Make one space of several",
  lower: "Lower case",
  upper: "Upper case",
  digits_only: "Keep digits only",
  strip_leading_zeros: "Strip leading zeros",
};

/** What somebody has filled in so far; it stays while they look at another kind. */
export interface ChangeForm {
  kind: ChangeKind;
  value: string;
  find: string;
  with: string;
  pattern: boolean;
  transform: PlainTransform;
  /** The table of old and new values, as it was pasted. */
  table: string;
}

/** Nothing filled in. */
export const emptyForm: ChangeForm = {
  kind: "set",
  value: "",
  find: "",
  with: "",
  pattern: false,
  transform: "trim",
  table: "",
};

/** The change as the server takes it; null while something is missing or the table has faults. */
export function toChange(form: ChangeForm, column: string): BulkChange | null {
  if (column === "") return null;
  switch (form.kind) {
    case "set":
      return form.value === "" ? null : { kind: "set", column, value: form.value };
    case "empty":
      return { kind: "set", column, value: "" };
    case "replace":
      if (form.find === "") return null;
      return { kind: "replace", column, find: form.find, with: form.with, pattern: form.pattern };
    case "transform":
      return { kind: "transform", column, transform: form.transform };
    case "map": {
      const { pairs, faults } = readValueTable(form.table);
      if (pairs.length === 0 || faults.length > 0) return null;
      return { kind: "map", column, values: Object.fromEntries(pairs.map(({ from, to }) => [from, to])) };
    }
  }
}

/** What is still to be filled in, as a sentence. */
export function describeMissing(form: ChangeForm, column: string): string {
  if (column === "") return "Choose a column.";
  switch (form.kind) {
    case "set":
      return "Say what is to stand in the column.";
    case "replace":
      return "Say which text is to be replaced.";
    case "map":
      return readValueTable(form.table).faults.length > 0
        ? "Correct the table of values."
        : "Paste the old and the new values.";
    default:
      return "";
  }
}

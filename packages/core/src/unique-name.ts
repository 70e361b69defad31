import { z } from "zod";
import { type ErrorCode, WaybillError } from "./errors.ts";
import { isPrintable } from "./value/printable.ts";

/** The name that people give to a thing of some kind; no two of them are named alike. */
export function uniqueName(what: string, charactersMax: number) {
  return z
    .string()
    .trim()
    .min(1, `Give the ${what} a name.`)
    .max(charactersMax)
    .refine(isPrintable, "The name holds a control character. Use letters, digits and signs.");
}

/** The error of a name that another one of its kind has. */
export function nameTaken(code: ErrorCode, what: string, name: string): WaybillError {
  const message = `There is already a ${what} named ${JSON.stringify(name)}. Choose another name, or change that one.`;
  return new WaybillError(code, message, { name });
}

import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { PathFault } from "./raw-document.ts";

/** Texts that could not be kept as they stand, and numbers that were read as others than were written. */
export function checkScalars(node: Node | null, path: (string | number)[] = []): PathFault[] {
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      return [...checkText(name, [...path, name]), ...checkScalars(value as Node | null, [...path, name])];
    });
  }
  if (isSeq(node)) return node.items.flatMap((item, index) => checkScalars(item as Node | null, [...path, index]));
  if (!isScalar(node)) return [];
  if (typeof node.value === "string") return checkText(node.value, path);
  return typeof node.value === "number" ? checkNumber(node.source ?? "", path) : [];
}

function checkText(text: string, path: (string | number)[]): PathFault[] {
  if (!text.includes("\0") && text.isWellFormed()) return [];
  return [{ path, message: "holds a NUL or half of a character; take it out" }];
}

/** Numbers are read as binary fractions, which hold this many decimal digits whatever they are. */
const exactDigits = 15;

function checkNumber(source: string, path: (string | number)[]): PathFault[] {
  const digits = source.replace(/\D/g, "").replace(/^0+/, "");
  const exact = digits.length <= exactDigits && !/^[+-]?0\d/.test(source);
  return exact ? [] : [{ path, message: `${source} would lose digits as a number; put it in quotes` }];
}

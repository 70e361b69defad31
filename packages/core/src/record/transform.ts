import type { Transform } from "../definition/definition.ts";
import type { PlainTransform } from "../definition/names.ts";

/** Compiles the transforms of a field, in their order, to one function; null where there are none. */
export function compileTransforms(transforms: readonly Transform[]): ((text: string) => string) | null {
  if (transforms.length === 0) return null;
  const steps = transforms.map(compileTransform);
  return (text) => {
    let value = text;
    for (const step of steps) value = step(value);
    return value;
  };
}

function compileTransform(transform: Transform): (text: string) => string {
  if (typeof transform === "string") return plain[transform];
  if ("pad_left" in transform) {
    const { length, with: fill } = transform.pad_left;
    return (text) => (text === "" ? text : text.padStart(length, fill));
  }
  if ("replace" in transform) {
    const { text: from, with: to } = transform.replace;
    return (text) => text.split(from).join(to);
  }
  if ("remove" in transform) {
    const unwanted = new Set(transform.remove);
    return (text) => [...text].filter((character) => !unwanted.has(character)).join("");
  }
  const values = new Map(Object.entries(transform.map));
  return (text) => values.get(text) ?? text;
}

const plain: Record<PlainTransform, (text: string) => string> = {
  trim: (text) => text.trim(),
  collapse_spaces: (text) => text.replace(/\s+/g, " "),
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  digits_only: (text) => text.replace(/\D+/g, ""),
  strip_leading_zeros: (text) => text.replace(/^0+(?=[^.,])/, ""),
};

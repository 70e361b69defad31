import { limits } from "@waybill/core/limits";
import { InvalidArgumentError } from "commander";
import { z } from "zod";

/** Collects `key=value` options into an object; each key may be given once. */
export function collectPairs(text: string, known: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`Write it as key=value, not ${JSON.stringify(text)}.`);
  const key = text.slice(0, at);
  if (Object.hasOwn(known, key)) throw new InvalidArgumentError(`${key} is given twice. Give it once.`);
  return { ...known, [key]: text.slice(at + 1) };
}

/** Reads a whole number from 1 to `max`. */
export function countUpTo(max: number): (text: string) => number {
  return (text) => {
    const count = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > max) throw new InvalidArgumentError(`Give a whole number from 1 to ${max}.`);
    return count;
  };
}

/** Reads a text that is not blank and has so many characters at most. */
export function textUpTo(max: number): (text: string) => string {
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === "" || trimmed.length > max) throw new InvalidArgumentError(`Give 1 to ${max} characters.`);
    return trimmed;
  };
}

/** Reads the id of something as a list shows it. */
export function readIdFrom(what: string, list: string): (text: string) => string {
  return (text) => {
    const id = text.toLowerCase();
    if (z.uuid().safeParse(id).success) return id;
    throw new InvalidArgumentError(`Give the id of ${what}, as '${list}' shows it.`);
  };
}

/** Options that several commands have, each as commander takes it. */
export const jsonOption = ["--json", "print one JSON object on standard output"] as const;
export const limitOption = [
  "--limit <count>",
  `how many, 1 to ${limits.pageItemsMax} (default: ${limits.pageItemsDefault})`,
  countUpTo(limits.pageItemsMax),
] as const;
export const cursorOption = ["--cursor <next>", "where the page before ended: its `next`"] as const;

/** The pages of a list that people can ask for. */
export interface PageOptions {
  json?: boolean;
  limit?: number;
  cursor?: string;
}

/** What a list says that is empty: `none`, unless what people asked for may be why. */
export function emptyList(noun: string, asked: (string | undefined)[], none: string): string {
  const narrowed = asked.some((value) => value !== undefined);
  return narrowed ? `No ${noun} fits. Leave out a filter to see more.` : none;
}

/** The line below a list that goes on. */
export function moreLine(next: string | null): string {
  return next === null ? "" : `\nMore: add --cursor ${next}`;
}

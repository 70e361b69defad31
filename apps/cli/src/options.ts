import { InvalidArgumentError } from "commander";

/** Collects `key=value` options into an object; the last of one key counts. */
export function collectPairs(text: string, known: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`Write it as key=value, not ${JSON.stringify(text)}.`);
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
}

/** A whole number above zero. */
export function readCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Give a whole number above zero.");
  return Number(text);
}

export const jsonOption = ["--json", "print one JSON object on standard output"] as const;
export const limitOption = ["--limit <count>", "how many at most", readCount] as const;
export const cursorOption = ["--cursor <next>", "where the page before ended: its `next`"] as const;

/** The pages of a list that people can ask for. */
export interface PageOptions {
  json?: boolean;
  limit?: number;
  cursor?: string;
}

/** The line below a list that goes on. */
export function moreLine(next: string | null): string {
  return next === null ? "" : `\nMore: add --cursor ${next}`;
}

/** One of the five fields of a cron expression: what it may hold, and the names that its numbers can have. */
export interface CronField {
  name: string;
  min: number;
  max: number;
  /** How far a step may go: as many values as there are. */
  stepMax: number;
  /** From the number `min` on. */
  names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The fields in their order. The day of the week is 0 to 6 from Sunday, which is 7 as well. */
export const cronFields = [
  { name: "minute", min: 0, max: 59, stepMax: 60, names: [] },
  { name: "hour", min: 0, max: 23, stepMax: 24, names: [] },
  { name: "day of the month", min: 1, max: 31, stepMax: 31, names: [] },
  { name: "month", min: 1, max: 12, stepMax: 12, names: months },
  { name: "day of the week", min: 0, max: 7, stepMax: 7, names: days },
] as const satisfies readonly CronField[];

/**
 * The numbers that a field stands for, sorted, Sunday as 0; or what is wrong with it, and what to write instead. A field is
 * `*`, a number or name, a range, a step over `*` or a range, or a list of these.
 */
export function readCronField(text: string, field: CronField): { values: number[] } | { fault: string } {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const read = readItem(item, field);
    if (typeof read === "string") return { fault: `has the ${field.name} ${JSON.stringify(text)}, but ${read}` };
    for (let value = read.from; value <= read.to; value += read.step) values.add(value);
  }
  if (field.max === 7 && values.delete(7)) values.add(0);
  return { values: [...values].sort((a, b) => a - b) };
}

interface Item {
  from: number;
  to: number;
  step: number;
}

function readItem(item: string, field: CronField): Item | string {
  const [, range, step] = /^([^/]*)(?:\/(\d{1,2}))?$/.exec(item) ?? [];
  if (range === undefined) return "a step is a number after one /, such as */5";
  const stepped = readStep(step, range, field);
  if (typeof stepped === "string") return stepped;
  if (range === "*") return { from: field.min, to: field.max === 7 ? 6 : field.max, step: stepped };
  const [first = "", last = first, ...more] = range.split("-");
  const from = readNumber(first, field, false);
  const to = readNumber(last, field, last !== first);
  if (from === null || to === null || more.length > 0) return `it takes ${sayTaken(field)}`;
  if (from > to) return `${range} runs backwards; write it as two ranges, with a comma between`;
  return { from, to, step: stepped };
}

function readStep(step: string | undefined, range: string, { stepMax }: CronField): number | string {
  if (step === undefined) return 1;
  if (range !== "*" && !range.includes("-")) return `a step follows * or a range, such as */${step}`;
  const size = Number(step);
  return size >= 1 && size <= stepMax ? size : `its step must be 1 to ${stepMax}`;
}

function readNumber(text: string, { min, max, names }: CronField, isEnd: boolean): number | null {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return isEnd && max === 7 && named === 0 ? 7 : named + min;
  if (!/^\d{1,2}$/.test(text)) return null;
  const number = Number(text);
  return number >= min && number <= max ? number : null;
}

function sayTaken({ min, max, names }: CronField): string {
  const named = names.length > 0 ? `, ${names[0]?.toUpperCase()} to ${names.at(-1)?.toUpperCase()}` : "";
  return `*, ${min} to ${max}${named}, ranges such as ${min}-${min + 2}, steps such as */2 and lists of these, and no other sign`;
}

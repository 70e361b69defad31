/** Two days, both included, as `yyyy-MM-dd`; `symbol` is how it was asked for, null for a range of days. */
export interface Timeframe {
  symbol: string | null;
  start: string;
  end: string;
}

/** The timeframes that have a name; `last_N_days` (N from 1 to 3660) and ranges such as `2026-11-01..2026-11-15` are there too. */
export const timeframeSymbols = [
  "today",
  "yesterday",
  "current_week",
  "previous_week",
  "current_month",
  "previous_month",
  "current_quarter",
  "previous_quarter",
  "current_year",
  "previous_year",
] as const;
type TimeframeSymbol = (typeof timeframeSymbols)[number];

/** The most days that `last_N_days` may name. */
export const lastDaysMax = 3_660;

/** Resolves a timeframe as seen on `today` (`yyyy-MM-dd`); weeks begin on Monday. Null when it is none. */
export function resolveTimeframe(given: unknown, today: string): Timeframe | null {
  if (typeof given === "object" && given !== null) return range(given);
  if (typeof given !== "string") return null;
  const text = given.trim();
  const [start, end, ...rest] = text.split("..");
  if (end !== undefined && rest.length === 0) return range({ start, end });
  const lastDays = /^last_(\d{1,4})_days$/.exec(text);
  if (lastDays) return resolveLastDays(text, Number(lastDays[1]), today);
  if (!(timeframeSymbols as readonly string[]).includes(text)) return null;
  return { symbol: text, ...resolveSymbol(text as TimeframeSymbol, today) };
}

function range(given: object): Timeframe | null {
  const { start, end, symbol } = given as { start?: unknown; end?: unknown; symbol?: unknown };
  if (!isDay(start) || !isDay(end) || start > end) return null;
  return { symbol: typeof symbol === "string" ? symbol : null, start, end };
}

/** The N days before today. */
function resolveLastDays(symbol: string, days: number, today: string): Timeframe | null {
  if (days < 1 || days > lastDaysMax) return null;
  return { symbol, start: addDays(today, -days), end: addDays(today, -1) };
}

function resolveSymbol(symbol: TimeframeSymbol, today: string): { start: string; end: string } {
  const [year, month] = today.split("-").map(Number) as [number, number];
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  switch (symbol) {
    case "today":
      return { start: today, end: today };
    case "yesterday":
      return { start: addDays(today, -1), end: addDays(today, -1) };
    case "current_week":
      return { start: monday, end: addDays(monday, 6) };
    case "previous_week":
      return { start: addDays(monday, -7), end: addDays(monday, -1) };
    case "current_month":
      return months(year, month, 1);
    case "previous_month":
      return months(year, month - 1, 1);
    case "current_quarter":
      return months(year, quarter, 3);
    case "previous_quarter":
      return months(year, quarter - 3, 3);
    case "current_year":
      return months(year, 1, 12);
    case "previous_year":
      return months(year - 1, 1, 12);
  }
}

function months(year: number, month: number, count: number): { start: string; end: string } {
  const start = day(new Date(Date.UTC(year, month - 1, 1)));
  return { start, end: addDays(day(new Date(Date.UTC(year, month - 1 + count, 1))), -1) };
}

function addDays(from: string, days: number): string {
  const date = new Date(`${from}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return day(date);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Whether this is a day of the calendar, as `yyyy-MM-dd`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && day(date) === value;
}

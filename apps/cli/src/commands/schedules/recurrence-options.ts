import type { RouterInputs } from "@waybill/api";
import { isLocal, isTimeOfDay } from "@waybill/core/schedule/recurrence/local-minute";
import { recurrenceLimits, type Weekday, weekdays } from "@waybill/core/schedule/recurrence/recurrence";
import { startFromNow } from "@waybill/core/schedule/recurrence/start-from-now";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CliFailure } from "../../failure.ts";
import { countUpTo } from "../../options.ts";

/** When a schedule occurs, as the API takes it. */
export type Recurrence = RouterInputs["schedules"]["save"]["recurrence"];

/** When a schedule occurs, as people say it. */
export interface RecurrenceOptions {
  once?: string;
  every?: Every;
  on?: string[];
  at?: string;
  missingDay?: "skip" | "last";
  cron?: string;
  zone?: string;
  from?: string;
  until?: string;
  times?: number;
}

interface Every {
  count: number;
  unit: "h" | "d" | "w" | "m";
}

/** In which way something occurs, as far as options are of one and not of another. */
type Rhythm = "once" | "cron" | Every["unit"];

/** Adds the options that say when a schedule occurs. */
export function addRecurrenceOptions(command: Command): Command {
  return command
    .option("--once <time>", "once, at this local time, such as 2026-12-01T06:00", readLocalTime)
    .option("--every <interval>", "every N hours, days, weeks or month: 6h, 1d, 2w, 1m", readEvery)
    .option("--on <days>", "of weeks: mon,thu; of months: 1,15,last", readList)
    .option("--at <time>", "the time of day, such as 06:00; not of hours", readTimeOfDay)
    .addOption(new Option("--missing-day <what>", "of months without the day").choices(["skip", "last"]))
    .option("--cron <expression>", "by a cron expression of five fields")
    .option("--zone <zone>", "the IANA time zone that the times are meant in; by default that of this machine")
    .option(
      "--from <time>",
      "not before this local time; hours are counted from it; by default the next minute",
      readLocalTime,
    )
    .option("--until <time>", "not after this local time", readLocalTime)
    .option("--times <count>", "so many times in all, from its start on", countUpTo(recurrenceLimits.timesMax));
}

/** The recurrence that these options say. Throws `CliFailure` where they say none, or several, or what is not of it. */
export function recurrenceOf(options: RecurrenceOptions, now = new Date()): Recurrence {
  const timeZone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { once, every, cron, until: end, times } = options;
  const ways = [once, every, cron].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new CliFailure("wrong_usage", "Say when, with one of --once TIME, --every INTERVAL and --cron EXPRESSION.");
  }
  refuseMisfits(options);
  const start = options.from ?? startFromNow(timeZone, now);
  const bounds = { timeZone, start, ...(end !== undefined && { end }), ...(times !== undefined && { times }) };
  if (once !== undefined) return { kind: "once", at: once, timeZone };
  if (cron !== undefined) return { kind: "cron", expression: cron, ...bounds };
  return repeated(every as Every, options, bounds);
}

/** No option is left out of account in silence. */
function refuseMisfits(options: RecurrenceOptions): void {
  const { cron, every } = options;
  const rhythm: Rhythm = every?.unit ?? (cron === undefined ? "once" : "cron");
  const said = every ? `--every ${every.count}${every.unit}` : `--${rhythm}`;
  const misfits = ownOptions.filter(({ name, of }) => options[name] !== undefined && !of.includes(rhythm));
  if (misfits.length === 0) return;
  const told = misfits.map(({ flag, words }) => `${flag} is of ${words}, not of ${said}: leave it out.`);
  throw new CliFailure("wrong_usage", told.join(" "));
}

/** Options that are of some rhythms alone. */
const ownOptions: { name: keyof RecurrenceOptions; flag: string; of: Rhythm[]; words: string }[] = [
  { name: "on", flag: "--on", of: ["w", "m"], words: "weeks and months" },
  { name: "at", flag: "--at", of: ["d", "w", "m"], words: "days, weeks and months" },
  { name: "missingDay", flag: "--missing-day", of: ["m"], words: "months" },
  ...(["from", "until", "times"] as const).map((name) => {
    const of: Rhythm[] = ["h", "d", "w", "m", "cron"];
    return { name, flag: `--${name}`, of, words: "what occurs again and again" };
  }),
];

function repeated({ count, unit }: Every, options: RecurrenceOptions, bounds: Bounds): Recurrence {
  if (unit === "h") return { kind: "hourly", every: count, ...bounds };
  const at = options.at;
  if (at === undefined) throw new CliFailure("wrong_usage", "Say at which time of the day, with --at 06:00.");
  if (unit === "d") return { kind: "daily", every: count, at, ...bounds };
  const on = options.on;
  if (on === undefined) throw new CliFailure("wrong_usage", "Say on which days, with --on mon,thu or --on 1,15,last.");
  if (unit === "w") return { kind: "weekly", every: count, days: on.map(readWeekday), at, ...bounds };
  if (count !== 1) throw new CliFailure("wrong_usage", "Months are counted one by one: write --every 1m.");
  return { kind: "monthly", days: on.map(readMonthDay), at, missingDay: options.missingDay ?? "skip", ...bounds };
}

interface Bounds {
  timeZone: string;
  start: string;
  end?: string;
  times?: number;
}

function readEvery(text: string): Every {
  const match = /^([1-9]\d{0,3})([hdwm])$/.exec(text);
  if (!match) throw new InvalidArgumentError("Write it such as 6h, 1d, 2w or 1m.");
  return { count: Number(match[1]), unit: match[2] as Every["unit"] };
}

function readLocalTime(text: string): string {
  if (isLocal(text)) return text;
  throw new InvalidArgumentError("Write a local date and time such as 2026-12-01T06:00.");
}

function readTimeOfDay(text: string): string {
  if (isTimeOfDay(text)) return text;
  throw new InvalidArgumentError("Write a time of day such as 06:00, from 00:00 to 23:59.");
}

function readList(text: string): string[] {
  return text.split(",").map((part) => part.trim().toLowerCase());
}

function readWeekday(text: string): Weekday {
  const day = weekdays.find((one) => one === text);
  if (!day) throw new CliFailure("wrong_usage", `The days of a week are ${weekdays.join(", ")}, not ${text}.`);
  return day;
}

function readMonthDay(text: string): number | "last" {
  if (text === "last") return text;
  const day = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (day < 1 || day > 31)
    throw new CliFailure("wrong_usage", `The days of a month are 1 to 31 and last, not ${text}.`);
  return day;
}

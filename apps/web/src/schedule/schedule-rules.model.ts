import { limits } from "@waybill/core/limits";
import type { Schedule } from "../data/schedules.ts";
import type { RulesForm } from "./schedule-form.model.ts";

/** What happens at a time at which an earlier run still goes on. */
export const overlapWords: Record<Schedule["overlap"], string> = {
  skip: "Skip it",
  queue: "Start it once that is over",
  allow: "Start it beside that",
};

/** What happens to times to which no worker came in time. */
export const missedWords: Record<Schedule["missed"], string> = {
  skip: "Skip them",
  once: "Make up for them by one run",
  all: "Run each of them",
};

/** The rules as sentences. */
export function describeRules(rules: RulesForm): string {
  const overlap = { skip: "is skipped", queue: "waits until that is over", allow: "is started beside it" };
  const back = sayMinutes(Number(rules.missedWindowMinutes));
  const missed = {
    skip: "What is missed is skipped.",
    once: `What is missed is made up for by one run, up to ${back} back.`,
    all: `What is missed is all run, up to ${back} back.`,
  };
  const jitter = Number(rules.jitterSeconds);
  const failures = Number(rules.pauseAfterFailures);
  return [
    `While a run goes on, the next one ${overlap[rules.overlap]}.`,
    `A time is missed when no worker comes to it within ${limits.inTimeMinutes} minutes, or before the next one.`,
    missed[rules.missed],
    jitter > 0 ? `It starts up to ${jitter} s late, as chance has it.` : "It starts at its time.",
    failures > 0
      ? `After ${failures === 1 ? "a failure" : `${failures} failures in a row`} it is paused.`
      : "Failures do not pause it.",
  ].join(" ");
}

/** `90 minutes`, `24 hours`, `7 days`. */
export function sayMinutes(minutes: number): string {
  const [size, unit] = minutes % 1440 === 0 ? [1440, "day"] : minutes % 60 === 0 ? [60, "hour"] : [1, "minute"];
  const count = minutes / size;
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

/** What is wrong with the numbers among the rules, by their parts. */
export function ruleFaults(rules: RulesForm): Record<string, string> {
  const whole = (text: string, from: number, most: number, what: string) => {
    const number = text.trim() === "" ? Number.NaN : Number(text);
    const fits = Number.isInteger(number) && number >= from && number <= most;
    return fits ? null : `Must be a whole number of ${what}, ${from} to ${most}.`;
  };
  const judged = {
    missedWindowMinutes:
      rules.missed === "skip" ? null : whole(rules.missedWindowMinutes, 1, limits.missedWindowMinutesMax, "minutes"),
    jitterSeconds: whole(rules.jitterSeconds || "0", 0, limits.jitterSecondsMax, "seconds"),
    pauseAfterFailures: rules.pauseAfterFailures.trim()
      ? whole(rules.pauseAfterFailures, 1, limits.failuresInARowMax, "failures")
      : null,
  };
  return Object.fromEntries(Object.entries(judged).filter((entry): entry is [string, string] => entry[1] !== null));
}

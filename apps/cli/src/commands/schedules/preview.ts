import { checkRecurrence } from "@waybill/core/schedule/recurrence/check-recurrence";
import { describeRecurrence } from "@waybill/core/schedule/recurrence/describe";
import { writeLocal } from "@waybill/core/schedule/recurrence/local-minute";
import { type Occurrence, occurrencesAfter } from "@waybill/core/schedule/recurrence/occurrences";
import { type Recurrence, recurrenceSchema } from "@waybill/core/schedule/recurrence/recurrence";
import { repeatedOffset } from "@waybill/core/schedule/recurrence/repeated-offset";
import { localAt } from "@waybill/core/schedule/recurrence/zone-clock";
import type { Command } from "commander";
import { CliFailure } from "../../failure.ts";
import { countUpTo, jsonOption } from "../../options.ts";
import { formatTime } from "../../print/format.ts";
import { renderTable } from "../../print/table.ts";
import { answerAlone } from "../../session.ts";
import { addRecurrenceOptions, type RecurrenceOptions, recurrenceOf } from "./recurrence-options.ts";

const shownDefault = 10;
const shownMax = 1_000;

/** Adds `waybill schedules preview`, which asks no server. */
export function addPreview(schedules: Command): void {
  addRecurrenceOptions(schedules.command("preview"))
    .description("The next occurrences of a recurrence, without keeping it.")
    .option("--count <count>", `how many, 1 to ${shownMax} (default: ${shownDefault})`, countUpTo(shownMax))
    .option(...jsonOption)
    .action((options: RecurrenceOptions & { count?: number; json?: boolean }) =>
      answerAlone(options, (answer) => {
        const now = new Date();
        const recurrence = readRecurrence(options, now);
        const found = occurrencesAfter(recurrence, now, options.count ?? shownDefault);
        const items = found.map(({ at, local, moved }) => ({ at: at.toISOString(), local, moved }));
        const sentence = describeRecurrence(recurrence);
        answer({ sentence, items, next: null }, () => {
          const rows = found.map((one) => [sayHere(one.at), sayThere(one.at, recurrence.timeZone), sayMoved(one)]);
          return `${sentence}\n\n${renderTable(["Here", recurrence.timeZone, ""], rows)}`;
        });
      }),
    );
}

function readRecurrence(options: RecurrenceOptions, now: Date): Recurrence {
  const given = recurrenceOf(options, now);
  const faults = checkRecurrence(given, now);
  if (faults.length === 0) return recurrenceSchema.parse(given);
  const said = faults.map(({ path, message }) => `${path.join(".")}: ${message}.`).join(" ");
  throw new CliFailure("schedule_invalid", said, { faults });
}

function sayHere(at: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return [formatTime(at.toISOString()), repeatedOffset(at, timeZone)].filter(Boolean).join(" ");
}

function sayThere(at: Date, timeZone: string): string {
  const shown = writeLocal(localAt(at.getTime(), timeZone)).replace("T", " ");
  return [shown, repeatedOffset(at, timeZone)].filter(Boolean).join(" ");
}

function sayMoved({ local, moved }: Occurrence): string {
  if (moved === "gap") return `moved: the clocks skip ${local.slice(11)}`;
  return moved === "repeated" ? "the first of two: the clocks repeat this time" : "";
}

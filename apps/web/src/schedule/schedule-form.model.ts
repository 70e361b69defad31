import type { Definition } from "@waybill/core/definition/definition";
import { limits } from "@waybill/core/limits";
import type { SaveSchedule, Schedule } from "../data/schedules.ts";
import type { SetDefinition } from "../data/sets.ts";
import { type Filled, fileFault, type GivenFile, parameterFaults } from "../run-integration/run-form.model.ts";
import { type StepFiles, stepsWithoutFile } from "../run-set/run-set.model.ts";
import { firstRecurrence, type RecurrenceForm, toRecurrenceForm } from "./recurrence-form.model.ts";
import type { ScheduleSearch } from "./schedule-search.model.ts";

/** What a schedule runs, by its key. */
export type Target = Pick<Schedule["target"], "kind" | "key">;

/** What is done besides when it occurs; the numbers as they are typed. */
export interface RulesForm extends Pick<Schedule, "overlap" | "missed"> {
  missedWindowMinutes: string;
  jitterSeconds: string;
  /** Empty: never. */
  pauseAfterFailures: string;
}

/** The values and files that each run is started with. */
export interface Given extends Filled, StepFiles<GivenFile> {
  steps: Record<string, StepFiles<GivenFile>>;
}

/** A schedule as it is being written. */
export interface ScheduleForm extends Given {
  name: string;
  target: Target | null;
  when: RecurrenceForm;
  rules: RulesForm;
}

/** What is to be run, once it is known what it asks for. */
export type Asked = { kind: "integration"; definition: Definition } | { kind: "set"; definition: SetDefinition };

/** A schedule of which nothing is written yet but, perhaps, what it is to run. */
export function emptySchedule({ integration, set }: ScheduleSearch, timeZone: string, now: Date): ScheduleForm {
  const rules = {
    overlap: "skip",
    missed: "once",
    missedWindowMinutes: String(limits.missedWindowMinutesDefault),
    jitterSeconds: "0",
    pauseAfterFailures: "",
  } as const;
  return {
    name: "",
    target: integration ? { kind: "integration", key: integration } : set ? { kind: "set", key: set } : null,
    ...nothingGiven(),
    when: firstRecurrence(timeZone, now),
    rules,
  };
}

/** What is given to a run of something that was only just chosen. */
export function nothingGiven(): Given {
  return { parameters: {}, sourceFile: null, attachments: {}, steps: {} };
}

/** The form of a schedule that is there. Its parameters come once it is known what is asked for. */
export function toScheduleForm(schedule: Schedule, now: Date): ScheduleForm {
  const { name, target, files, recurrence, overlap, missed, pauseAfterFailures } = schedule;
  const own = filesOf(files, "");
  const keys = new Set(files.map(({ step }) => step).filter((step) => step !== ""));
  return {
    name,
    target: { kind: target.kind, key: target.key },
    parameters: {},
    ...own,
    steps: Object.fromEntries([...keys].map((step) => [step, filesOf(files, step)])),
    when: toRecurrenceForm(recurrence, now),
    rules: {
      overlap,
      missed,
      missedWindowMinutes: String(schedule.missedWindowMinutes),
      jitterSeconds: String(schedule.jitterSeconds),
      pauseAfterFailures: pauseAfterFailures === null ? "" : String(pauseAfterFailures),
    },
  };
}

function filesOf(files: Schedule["files"], step: string): StepFiles<GivenFile> {
  const given = files.filter((file) => file.step === step).map(({ key, id, name }) => [key, { id, name }] as const);
  const { "": sourceFile = null, ...attachments } = Object.fromEntries(given);
  return { sourceFile, attachments };
}

/** The rules as the server takes them. What is no number is left to it to tell. */
export function writeRules(
  rules: RulesForm,
): Pick<SaveSchedule, "overlap" | "missed" | "missedWindowMinutes" | "jitterSeconds" | "pauseAfterFailures"> {
  const { overlap, missed, missedWindowMinutes, jitterSeconds, pauseAfterFailures } = rules;
  return {
    overlap,
    missed,
    // What is skipped needs no window, so that it may be left empty.
    missedWindowMinutes: Number(missedWindowMinutes) || undefined,
    jitterSeconds: Number(jitterSeconds || 0),
    pauseAfterFailures: pauseAfterFailures.trim() === "" ? null : Number(pauseAfterFailures),
  };
}

/** What is wrong with the values and files that are given, by their parts. */
export function givenFaults(
  form: Given,
  asked: Asked,
  {
    now,
    timeZone,
    limits: allowed,
  }: { now: Date; timeZone: string; limits: { sourceBytesMax: number; zipBytesMax: number } },
): Record<string, string> {
  const faults: Record<string, string> = {};
  const wrong = parameterFaults(asked.definition, form, { now, timeZone });
  for (const [key, message] of Object.entries(wrong)) faults[`parameters.${key}`] = message;
  const judge = (part: string, file: GivenFile | null | undefined, missing: string | null) => {
    const fault = file ? fileFault(file, allowed) : missing;
    if (fault !== null) faults[part] = fault;
  };
  if (asked.kind === "integration") {
    judge("sourceFile", form.sourceFile, "A file is required.");
    for (const { key, required } of asked.definition.attachments)
      judge(`attachments.${key}`, form.attachments[key], required ? "A file is required." : null);
    return faults;
  }
  const without = stepsWithoutFile(asked.definition, form);
  const none = without.length === asked.definition.steps.length;
  judge("sourceFile", form.sourceFile, none ? "Choose a file for all steps, or one for each of them beneath." : null);
  if (!none) for (const key of without) faults[`steps.${key}`] = "Choose a file here, or one for all steps above.";
  return faults;
}

import { createMemo, createSignal } from "solid-js";
import { createStore, unwrap } from "solid-js/store";
import { useSystemAnswer } from "../data/integrations.ts";
import type { Schedule } from "../data/schedules.ts";
import { firstValues } from "../run-set/run-set.model.ts";
import { createNow } from "../ui/now.ts";
import { previewOf } from "./preview.model.ts";
import { checkRecurrenceForm, type RecurrenceForm } from "./recurrence-form.model.ts";
import {
  type Asked,
  type Given,
  givenFaults,
  nothingGiven,
  type RulesForm,
  type ScheduleForm,
} from "./schedule-form.model.ts";
import { ruleFaults } from "./schedule-rules.model.ts";

/** The time zone of the viewer's machine. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A schedule that is being written, and what can be done to it. */
export type ScheduleEditor = ReturnType<typeof createScheduleEditor>;

/** Holds a schedule while somebody writes it; `read` is the one that is changed, null for a new one. */
export function createScheduleEditor(start: ScheduleForm, read: Pick<Schedule, "parameters" | "updatedAt"> | null) {
  const [form, setForm] = createStore(start);
  const [asked, setAsked] = createSignal<Asked | null>(null);
  const [told, setTold] = createSignal<Record<string, string>>({});
  const [tried, setTried] = createSignal(false);
  const [kept, setKept] = createSignal(write(start));
  const [updatedAt, setUpdatedAt] = createSignal(read?.updatedAt);
  const system = useSystemAnswer();
  const now = createNow();
  const targetAtStart = JSON.stringify(start.target);
  const leftFor = new Map<string, Given>();
  const unsaved = () => write(form) !== kept();

  const checked = createMemo(() => checkRecurrenceForm(form.when, now()));
  const preview = createMemo(() => {
    const { recurrence } = checked();
    return recurrence && { recurrence, ...previewOf(recurrence, now(), viewerZone) };
  });
  /** Relative days are meant as of the next occurrence. */
  const moment = () => ({
    now: preview()?.occurrences[0]?.at ?? now(),
    timeZone: asked()?.definition.timeZone ?? system.data?.timeZone ?? "UTC",
  });
  const limits = () => {
    const own = asked();
    return {
      ...(system.data?.limits ?? { sourceBytesMax: Infinity, zipBytesMax: Infinity }),
      ...(own?.kind === "integration" ? own.definition.source.limits : {}),
    };
  };
  const given = createMemo(() => {
    const what = asked();
    return what ? givenFaults(form, what, { ...moment(), limits: limits() }) : {};
  });
  /** All that is known to be wrong before the server is asked. */
  const faults = createMemo(
    (): Record<string, string> => ({
      ...(form.name.trim() === "" && { name: "Give the schedule a name." }),
      ...(form.target === null && { target: "Choose what it runs." }),
      ...given(),
      ...checked().faults,
      ...ruleFaults(form.rules),
    }),
  );
  // What the server said may be right by now.
  const forget = (...parts: string[]) =>
    setTold((all) => Object.fromEntries(Object.entries(all).filter(([part]) => part !== "" && !parts.includes(part))));

  return {
    form,
    asked,
    /** Whether it is known what the server allows; until then no file is asked for. */
    ready: () => system.data !== undefined,
    tried,
    faults,
    told,
    setTold,
    now,
    preview,
    moment,
    unsaved,
    /** What to say beneath the input of a part. What is merely not filled in yet is said once a person has tried to save. */
    fault: (part: string): string | undefined => told()[part] ?? (tried() ? faults()[part] : undefined),
    /** The same for what is checked as it is typed. */
    typedFault: (part: string): string | undefined => told()[part] ?? faults()[part],
    otherFaults: () => told()[""],
    blocked: () => Object.keys(faults()).length > 0 || (form.target !== null && asked() === null),
    tryIt: () => setTried(true),
    markSaved: () => setKept(write(form)),
    /** When the schedule was last saved, as far as whoever writes knows. */
    updatedAt,
    /** Says that somebody else has saved it meanwhile, which the next save writes over. */
    meetSaved: (at: string) => setUpdatedAt(at),
    rename(name: string) {
      forget("name");
      setForm({ name });
    },
    /** Values and files are those of what is run, so they go with it, and come back with it. */
    choose(target: ScheduleForm["target"]) {
      const { parameters, sourceFile, attachments, steps } = unwrap(form);
      leftFor.set(JSON.stringify(form.target), { parameters, sourceFile, attachments, steps });
      setTold({});
      setAsked(null);
      setForm({ target, ...(leftFor.get(JSON.stringify(target)) ?? nothingGiven()) });
    },
    /** Takes in what is asked for by what is run, with the values that were typed for it, those that the schedule had, or their defaults. */
    ask(what: Asked) {
      const before = unsaved();
      const own = JSON.stringify(form.target) === targetAtStart ? (read?.parameters ?? {}) : {};
      setForm("parameters", { ...firstValues(what.definition, own), ...form.parameters });
      setAsked(what);
      if (!before) setKept(write(form));
    },
    patchWhen(changes: Partial<RecurrenceForm>) {
      forget(...whenParts);
      setForm("when", changes);
    },
    patchRules(changes: Partial<RulesForm>) {
      forget(...Object.keys(changes));
      setForm("rules", changes);
    },
    setParameter(key: string, value: ScheduleForm["parameters"][string]) {
      forget(`parameters.${key}`);
      setForm("parameters", key, value);
    },
    setSource(file: File | null) {
      forget("sourceFile");
      setForm("sourceFile", file);
    },
    setAttachment(key: string, file: File | null) {
      forget(`attachments.${key}`);
      setForm("attachments", key, file);
    },
    setStepFile(step: string, key: string | null, file: File | null) {
      forget(`steps.${step}`);
      const { sourceFile = null, attachments = {} } = unwrap(form.steps[step]) ?? {};
      const files =
        key === null ? { sourceFile: file, attachments } : { sourceFile, attachments: { ...attachments, [key]: file } };
      setForm("steps", step, files);
    },
  };
}

const whenParts = ["at", "every", "days", "missingDay", "expression", "timeZone", "start", "bound", "end", "times"];

/** The form as text, to tell whether it has been changed. A file is known by its name, size and age. */
function write(form: ScheduleForm): string {
  return JSON.stringify(form, (_, value) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  );
}

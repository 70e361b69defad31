import { createEffect, on } from "solid-js";
import type { ApiFault } from "../data/api.ts";
import { type SaveSchedule, type Schedule, useSaveSchedule } from "../data/schedules.ts";
import { createSender, type Send } from "../run-integration/create-sender.ts";
import { type GivenFile, givenParameters } from "../run-integration/run-form.model.ts";
import { sendSteps } from "../run-set/run-set.model.ts";
import { writeRecurrence } from "./recurrence-form.model.ts";
import type { ScheduleEditor } from "./schedule-editor.ts";
import { placeFaults, readSavedAt } from "./schedule-faults.model.ts";
import { type ScheduleForm, writeRules } from "./schedule-form.model.ts";

/** Sends the files that the server does not have, and keeps the schedule; `id` is that of the one which is changed. */
export function createSave(editor: ScheduleEditor, id: string | null, onSaved: (schedule: Schedule) => void) {
  const { begin, sending, fault } = createSender();
  const mutation = useSaveSchedule();
  createEffect(on(fault, (found) => found && tell(found), { defer: true }));

  function tell(found: ApiFault): void {
    const savedAt = readSavedAt(found);
    if (savedAt !== null) editor.meetSaved(savedAt);
    editor.setTold(placeFaults(found, editor.form.when.bound));
  }

  async function save(): Promise<void> {
    const asked = editor.asked();
    editor.tryIt();
    if (sending() || editor.blocked() || !asked) return;
    editor.setTold({});
    const { form } = editor;
    await begin({
      prepare: async (send): Promise<SaveSchedule> => ({
        ...(id !== null && { schedule: id, updatedAt: editor.updatedAt() }),
        name: form.name.trim(),
        ...(asked.kind === "set" ? { set: asked.definition.key } : { integration: asked.definition.key }),
        parameters: givenParameters(asked.definition, form),
        ...(await sendFiles(form, asked.kind, send)),
        ...writeRules(form.rules),
        // The browser has found nothing wrong with it; what begins now begins once the files are there.
        recurrence: writeRecurrence(form.when, new Date()) as SaveSchedule["recurrence"],
      }),
      ask: (request) => mutation.mutateAsync(request),
      onDone: (schedule) => {
        editor.markSaved();
        onSaved(schedule);
      },
    });
  }

  return { save, sending };
}

async function sendFiles(
  form: ScheduleForm,
  kind: "integration" | "set",
  send: Send,
): Promise<Pick<SaveSchedule, "sourceFile" | "attachments" | "steps">> {
  const give = async (file: GivenFile) => (file instanceof File ? await send(file) : file.id);
  const source = form.sourceFile && { sourceFile: await give(form.sourceFile) };
  if (kind === "set") return { ...source, steps: await sendSteps(form.steps, give) };
  const attachments: Record<string, string> = {};
  for (const [key, file] of Object.entries(form.attachments)) if (file) attachments[key] = await give(file);
  return { ...source, attachments };
}

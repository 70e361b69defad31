import { useNavigate } from "@tanstack/solid-router";
import { sayRepeated } from "@waybill/core/set/resume-place";
import { createEffect, createSignal, Show } from "solid-js";
import { useSystem } from "../data/integrations.ts";
import { type SetRunSummary, useResumeSetRun } from "../data/sets.ts";
import { createSender } from "../run-integration/create-sender.ts";
import { FileField } from "../run-integration/file-field.tsx";
import { fileFault } from "../run-integration/run-form.model.ts";
import { Sending } from "../run-integration/sending.tsx";
import { sendSteps } from "../run-set/run-set.model.ts";
import { FormDialog } from "../ui/form-dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import type { ResumePlaces } from "./resume.model.ts";

/** Asks where a set run that stopped goes on, and with which file. */
export function ResumeDialog(props: {
  open: boolean;
  onClose: () => void;
  setRun: SetRunSummary;
  places: ResumePlaces;
}) {
  const navigate = useNavigate();
  const resume = useResumeSetRun();
  const system = useSystem();
  const [after, setAfter] = createSignal(false);
  const [file, setFile] = createSignal<File | null>(null);
  const { begin, sending, fault } = createSender();
  createEffect(() => {
    if (!props.open) return;
    setAfter(false);
    setFile(null);
  });
  const limits = () => system.data?.limits ?? { sourceBytesMax: Infinity, zipBytesMax: Infinity };
  const wrong = () => {
    const chosen = file();
    return (chosen && fileFault(chosen, limits())) ?? undefined;
  };
  const at = () => props.places.at.first;
  const repeated = () => (after() ? props.places.after : props.places.at)?.repeated ?? [];
  const go = () => {
    const steps = after() ? {} : { [at().key]: { sourceFile: file(), attachments: {} } };
    const asked = { setRun: props.setRun.id, after: after(), repeatCompleted: repeated().length > 0 };
    void begin({
      prepare: async (send) => ({ ...asked, steps: await sendSteps(steps, send) }),
      ask: (request) => resume.mutateAsync(request),
      onDone: ({ id }) => {
        props.onClose();
        navigate({ to: "/set-runs/$id", params: { id } });
      },
    });
  };
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title="Resume the set"
      action="Resume"
      onAction={go}
      pending={sending() !== null}
      disabled={wrong() !== undefined && !after()}
      fault={fault()?.message}
    >
      <p class="text-quiet">
        What was done before the step at which it goes on is not done again. It goes on with the same values.
      </p>
      <fieldset class="grid gap-2">
        <legend class="mb-1 text-sm font-medium">Go on</legend>
        <label class="flex items-start gap-2">
          <input
            type="radio"
            name="place"
            class="mt-1 size-4 accent-[var(--accent)]"
            checked={!after()}
            onChange={() => setAfter(false)}
          />
          <span class="min-w-0 wrap-anywhere">
            At step {at().position}, {at().name}: it is run again
          </span>
        </label>
        <Show when={props.places.after}>
          {(place) => (
            <label class="flex items-start gap-2">
              <input
                type="radio"
                name="place"
                class="mt-1 size-4 accent-[var(--accent)]"
                checked={after()}
                onChange={() => setAfter(true)}
              />
              <span class="min-w-0 wrap-anywhere">
                After it, at step {place().first.position}, {place().first.name}: step {at().position} is passed over as
                it stands
              </span>
            </label>
          )}
        </Show>
      </fieldset>
      <Show when={!after()}>
        <FileField
          id="mended-file"
          label={`New source file for step ${at().position}`}
          required={false}
          help="Left empty: the file that it had."
          file={file()}
          fault={wrong()}
          onChange={setFile}
        />
      </Show>
      <Show when={repeated().length > 0}>
        <Notice look="warn">{sayRepeated(repeated())}</Notice>
      </Show>
      <p class="empty:hidden">
        <Sending sending={sending()} />
      </p>
    </FormDialog>
  );
}

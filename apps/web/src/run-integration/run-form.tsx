import { createMemo, createSignal, For, onCleanup, onMount, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { type Integration, useSystem } from "../data/integrations.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { FileInput } from "./file-input.tsx";
import { ParameterInput } from "./parameter-input.tsx";
import {
  attachedFiles,
  emptyForm,
  fileFault,
  givenParameters,
  isGiven,
  parameterFaults,
  resolvedParameters,
} from "./run-form.model.ts";
import { createStart } from "./start-run.ts";

/** Everything that a run of an integration is started with. Faults show once a person has tried to start it. */
export function RunForm(props: { integration: Integration; onStarted: (runId: string) => void }) {
  const definition = () => props.integration.definition;
  const [form, setForm] = createStore(emptyForm(props.integration.definition));
  const [tried, setTried] = createSignal(false);
  const system = useSystem();
  const start = createStart((runId) => props.onStarted(runId));
  let element!: HTMLFormElement;
  const moment = () => ({ now: new Date(), timeZone: definition().timeZone ?? system.data?.timeZone ?? "UTC" });
  const faults = createMemo(() => parameterFaults(definition(), form, moment()));
  const resolved = createMemo(() => resolvedParameters(definition(), form, moment()));
  const limits = () => ({
    ...(system.data?.limits ?? { sourceBytesMax: Infinity, zipBytesMax: Infinity }),
    ...definition().source.limits,
  });
  const faultOfFile = (file: File | null, required: boolean) => {
    if (file) return fileFault(file, limits()) ?? undefined;
    return required && tried() ? "A file is required." : undefined;
  };
  const attachmentFault = (key: string, required: boolean) => faultOfFile(form.attachments[key] ?? null, required);
  const blocked = () =>
    Object.keys(faults()).length > 0 ||
    faultOfFile(form.sourceFile, true) !== undefined ||
    definition().attachments.some((one) => attachmentFault(one.key, one.required) !== undefined);

  function begin(test: boolean): void {
    setTried(true);
    if (blocked() || !form.sourceFile) {
      element.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    void start.begin({
      integration: definition().key,
      name: form.name.trim() || undefined,
      sourceFile: form.sourceFile,
      parameters: givenParameters(definition(), form),
      attachments: attachedFiles(form),
      test,
    });
  }

  // A file dropped beside its place would open in the browser, and the form would be gone.
  const keepPage = (event: DragEvent) => event.preventDefault();
  onMount(() => {
    window.addEventListener("dragover", keepPage);
    window.addEventListener("drop", keepPage);
  });
  onCleanup(() => {
    window.removeEventListener("dragover", keepPage);
    window.removeEventListener("drop", keepPage);
  });

  return (
    <form
      ref={element}
      class="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        begin(false);
      }}
    >
      <Card>
        <div class="grid gap-4">
          <Field
            id="name"
            label="Integration Run Name"
            help="Left empty: the integration's name with the date and time."
          >
            <input
              id="name"
              class={inputClass}
              {...inputAria("name", undefined)}
              maxLength={200}
              value={form.name}
              onInput={(event) => setForm("name", event.currentTarget.value)}
            />
          </Field>
          <Field
            id="source-file"
            label="Source file"
            required
            help={`.csv, .zip, .pgp or .gpg, such as ${definition().source.fileName}. Compress a large file to a .zip.`}
            fault={faultOfFile(form.sourceFile, true)}
          >
            <FileInput
              id="source-file"
              label="Source file"
              file={form.sourceFile}
              fault={faultOfFile(form.sourceFile, true)}
              onChange={(file) => setForm("sourceFile", file)}
            />
          </Field>
        </div>
      </Card>
      <Show when={definition().parameters.length > 0}>
        <Card title="Parameters">
          <div class="grid gap-4">
            <For each={definition().parameters}>
              {(parameter) => (
                <ParameterInput
                  parameter={parameter}
                  value={form.parameters[parameter.key] ?? ""}
                  fault={tried() || isGiven(form.parameters[parameter.key]) ? faults()[parameter.key] : undefined}
                  resolved={resolved()[parameter.key]}
                  onChange={(value) => setForm("parameters", parameter.key, value)}
                />
              )}
            </For>
          </div>
        </Card>
      </Show>
      <Show when={definition().attachments.length > 0}>
        <Card title="External files">
          <div class="grid gap-4">
            <For each={definition().attachments}>
              {(attachment) => (
                <Field
                  id={`attachment-${attachment.key}`}
                  label={attachment.label}
                  required={attachment.required}
                  help={`With the columns ${attachment.columns.join(", ")}.`}
                  fault={attachmentFault(attachment.key, attachment.required)}
                >
                  <FileInput
                    id={`attachment-${attachment.key}`}
                    label={attachment.label}
                    file={form.attachments[attachment.key] ?? null}
                    fault={attachmentFault(attachment.key, attachment.required)}
                    onChange={(file) => setForm("attachments", attachment.key, file)}
                  />
                </Field>
              )}
            </For>
          </div>
        </Card>
      </Show>
      <Show when={start.fault()}>{(message) => <Notice look="bad">{message()}</Notice>}</Show>
      <div class="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={start.sending() !== null}>
          Run Integration
        </Button>
        <Button onClick={() => begin(true)} disabled={start.sending() !== null}>
          Test run
        </Button>
        <span class="min-w-0 wrap-anywhere">
          <span role="status" class="text-quiet">
            {start.sending() ? `Sending ${start.sending()?.name}` : ""}
          </span>
          <Show when={start.sending()}>
            {(sending) => <span class="text-quiet tabular-nums">, {Math.round(sending().share * 100)} %</span>}
          </Show>
          <Show when={tried() && blocked()}>
            <span class="text-bad">Something above needs a look first.</span>
          </Show>
        </span>
      </div>
      <p class="text-sm text-quiet">A test run does everything except keep its result in the destination.</p>
    </form>
  );
}

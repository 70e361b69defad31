import { createMemo, createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { type Integration, useSystem } from "../data/integrations.ts";
import { Card } from "../ui/card.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { FileField } from "./file-field.tsx";
import { keepDropsOut } from "./keep-drops-out.ts";
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
import { StartBar } from "./start-bar.tsx";
import { createStart } from "./start-run.ts";

/** Everything that a run of an integration is started with. Faults show once a person has tried to start it. */
export function RunForm(props: { integration: Integration; onStarted: (runId: string) => void }) {
  const definition = () => props.integration.definition;
  const [form, setForm] = createStore(emptyForm(props.integration.definition));
  const [tried, setTried] = createSignal(false);
  const system = useSystem();
  const start = createStart((runId) => props.onStarted(runId));
  let element!: HTMLFormElement;
  keepDropsOut();
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
          <FileField
            id="source-file"
            label="Source file"
            required
            help={`.csv, .zip, .pgp or .gpg, such as ${definition().source.fileName}. Compress a large file to a .zip.`}
            file={form.sourceFile}
            fault={faultOfFile(form.sourceFile, true)}
            onChange={(file) => setForm("sourceFile", file)}
          />
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
                <FileField
                  id={`attachment-${attachment.key}`}
                  label={attachment.label}
                  required={attachment.required}
                  help={`With the columns ${attachment.columns.join(", ")}.`}
                  file={form.attachments[attachment.key] ?? null}
                  fault={attachmentFault(attachment.key, attachment.required)}
                  onChange={(file) => setForm("attachments", attachment.key, file)}
                />
              )}
            </For>
          </div>
        </Card>
      </Show>
      <Show when={start.fault()}>{(message) => <Notice look="bad">{message()}</Notice>}</Show>
      <StartBar sending={start.sending()} blocked={tried() && blocked()} onTest={() => begin(true)} />
    </form>
  );
}

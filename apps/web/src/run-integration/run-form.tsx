import { createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { toFault } from "../data/api.ts";
import { type Integration, useSystem } from "../data/integrations.ts";
import { useStartRun } from "../data/runs.ts";
import { uploadFile } from "../data/upload.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field, inputClass } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { FileInput } from "./file-input.tsx";
import { ParameterInput } from "./parameter-input.tsx";
import { emptyForm, fileFault, givenParameters, parameterFaults, resolvedParameters } from "./run-form.model.ts";

/** Everything that a run of an integration is started with. Faults show once a person has tried to start it. */
export function RunForm(props: { integration: Integration; onStarted: (runId: string) => void }) {
  const definition = () => props.integration.definition;
  const [form, setForm] = createStore(emptyForm(props.integration.definition));
  const [tried, setTried] = createSignal(false);
  const [sent, setSent] = createSignal<number | null>(null);
  const [fault, setFault] = createSignal<string | null>(null);
  const system = useSystem();
  const start = useStartRun();
  const moment = () => ({ now: new Date(), timeZone: definition().timeZone ?? system.data?.timeZone ?? "UTC" });
  const faults = () => parameterFaults(definition(), form, moment());
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

  async function begin(test: boolean): Promise<void> {
    setTried(true);
    setFault(null);
    if (blocked() || !form.sourceFile) return;
    try {
      setSent(0);
      const sourceFile = await uploadFile(form.sourceFile, setSent);
      const attachments: Record<string, string> = {};
      for (const [key, file] of Object.entries(form.attachments))
        attachments[key] = await uploadFile(file, () => undefined);
      const name = form.name.trim() || undefined;
      const parameters = givenParameters(form);
      const run = await start.mutateAsync({
        integration: definition().key,
        name,
        sourceFile,
        parameters,
        attachments,
        test,
      });
      props.onStarted(run.id);
    } catch (error) {
      setFault(toFault(error).message);
    } finally {
      setSent(null);
    }
  }

  return (
    <form
      class="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void begin(false);
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
                  fault={tried() || form.parameters[parameter.key] ? faults()[parameter.key] : undefined}
                  resolved={resolvedParameters(definition(), form, moment())?.[parameter.key]}
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
                    onChange={(file) => setForm("attachments", attachment.key, file as File)}
                  />
                </Field>
              )}
            </For>
          </div>
        </Card>
      </Show>
      <Show when={fault()}>{(message) => <Notice look="bad">{message()}</Notice>}</Show>
      <div class="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={sent() !== null}>
          Run Integration
        </Button>
        <Button onClick={() => void begin(true)} disabled={sent() !== null}>
          Test
        </Button>
        <Show when={sent() !== null}>
          <span class="text-quiet" role="status">
            Sending the file, {Math.round((sent() ?? 0) * 100)} %
          </span>
        </Show>
        <Show when={tried() && blocked()}>
          <span class="text-bad">Something above needs a look first.</span>
        </Show>
      </div>
    </form>
  );
}

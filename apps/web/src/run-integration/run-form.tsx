import { createMemo, createSignal, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { type Integration, useSystem } from "../data/integrations.ts";
import { Card } from "../ui/card.tsx";
import { InputField } from "../ui/input-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { AttachmentsCard } from "./attachments-card.tsx";
import { FileField } from "./file-field.tsx";
import { keepDropsOut } from "./keep-drops-out.ts";
import { ParametersCard } from "./parameters-card.tsx";
import {
  attachedFiles,
  emptyForm,
  fileFault,
  givenParameters,
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
          <InputField
            id="name"
            label="Integration Run Name"
            help="Left empty: the integration's name with the date and time."
            maxLength={200}
            value={form.name}
            onInput={(name) => setForm({ name })}
          />
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
      <ParametersCard
        parameters={definition().parameters}
        values={form.parameters}
        faults={faults()}
        tried={tried()}
        resolved={resolved()}
        onChange={(key, value) => setForm("parameters", key, value)}
      />
      <AttachmentsCard
        attachments={definition().attachments}
        files={form.attachments}
        faultOf={attachmentFault}
        onChange={(key, file) => setForm("attachments", key, file)}
      />
      <Show when={start.fault()}>{(message) => <Notice look="bad">{message()}</Notice>}</Show>
      <StartBar sending={start.sending()} blocked={tried() && blocked()} onTest={() => begin(true)} />
    </form>
  );
}

import { createMemo, createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { useSystem } from "../data/integrations.ts";
import type { WaybillSet } from "../data/sets.ts";
import { FileField } from "../run-integration/file-field.tsx";
import { keepDropsOut } from "../run-integration/keep-drops-out.ts";
import { ParametersCard } from "../run-integration/parameters-card.tsx";
import { fileFault, givenParameters, parameterFaults, resolvedParameters } from "../run-integration/run-form.model.ts";
import { Sending } from "../run-integration/sending.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { InputField } from "../ui/input-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { emptySteps, type RunSetForm as Form, firstValues, stepOfFault, stepsWithoutFile } from "./run-set.model.ts";
import { createSetStart } from "./start-set.ts";
import { StepFilesCard } from "./step-files-card.tsx";

/** Everything that a set is started with. Faults show once a person has tried to start it. */
export function RunSetForm(props: {
  set: WaybillSet;
  /** The values of a set run that is run again. */
  again: Record<string, unknown>;
  onStarted: (setRun: string) => void;
}) {
  const definition = () => props.set.definition;
  const parameters = firstValues(props.set.definition, props.again);
  const [form, setForm] = createStore<Form>({
    name: "",
    sourceFile: null,
    parameters,
    steps: emptySteps(definition()),
  });
  const [tried, setTried] = createSignal(false);
  const system = useSystem();
  const start = createSetStart((setRun) => props.onStarted(setRun));
  let element!: HTMLFormElement;
  keepDropsOut();
  const moment = () => ({ now: new Date(), timeZone: definition().timeZone ?? system.data?.timeZone ?? "UTC" });
  const faults = createMemo(() => parameterFaults(definition(), form, moment()));
  const resolved = createMemo(() => resolvedParameters(definition(), form, moment()));
  const limits = () => system.data?.limits ?? { sourceBytesMax: Infinity, zipBytesMax: Infinity };
  const withoutFile = createMemo(() => stepsWithoutFile(definition(), form));
  const noneHasFile = () => withoutFile().length === definition().steps.length;
  const sourceFault = () => {
    if (form.sourceFile) return fileFault(form.sourceFile, limits()) ?? undefined;
    return tried() && noneHasFile() ? "Choose a file for all steps, or one for each of them beneath." : undefined;
  };
  const blocked = () => Object.keys(faults()).length > 0 || withoutFile().length > 0 || sourceFault() !== undefined;
  const faultOfStep = () => stepOfFault(start.fault(), definition());

  async function begin(): Promise<void> {
    setTried(true);
    if (!blocked()) {
      await start.begin({
        set: props.set.key,
        name: form.name.trim() || undefined,
        parameters: givenParameters(definition(), form),
        sourceFile: form.sourceFile,
        steps: form.steps,
      });
    }
    element.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]")?.focus();
  }

  return (
    <form
      ref={element}
      class="grid grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Card>
        <div class="grid gap-4">
          <InputField
            id="name"
            label="Set run name"
            help="Left empty: the set's name with the date and time."
            maxLength={200}
            value={form.name}
            onInput={(name) => setForm({ name })}
          />
          <FileField
            id="source-file"
            label="Source file for all steps"
            required={false}
            help="Each step reads it that has no file of its own beneath."
            file={form.sourceFile}
            fault={sourceFault()}
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
      <ol class="grid gap-4">
        <For each={definition().steps}>
          {(step, at) => (
            <StepFilesCard
              step={step}
              position={at() + 1}
              files={form.steps[step.key] ?? { sourceFile: null, attachments: {} }}
              missing={tried() && !noneHasFile() && withoutFile().includes(step.key)}
              fault={faultOfStep() === step.key ? start.fault()?.message : undefined}
              onSource={(file) => setForm("steps", step.key, "sourceFile", file)}
              onAttachment={(key, file) => setForm("steps", step.key, "attachments", key, file)}
            />
          )}
        </For>
      </ol>
      <Show when={faultOfStep() === null && start.fault()}>
        {(fault) => <Notice look="bad">{fault().message}</Notice>}
      </Show>
      <div class="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={start.sending() !== null}>
          Run set
        </Button>
        <span class="min-w-0 wrap-anywhere">
          <Sending sending={start.sending()} />
          <Show when={tried() && blocked()}>
            <span class="text-bad">Something above needs a look first.</span>
          </Show>
        </span>
      </div>
    </form>
  );
}

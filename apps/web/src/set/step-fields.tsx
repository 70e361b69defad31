import { For, Show } from "solid-js";
import { useIntegration, useIntegrationChoices } from "../data/integrations.ts";
import { RestoreNotice } from "../run-integration/restore-notice.tsx";
import { ChoiceField } from "../ui/choice-field.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { nameWithKey } from "../ui/format.ts";
import { InputField } from "../ui/input-field.tsx";
import type { SetEditor } from "./set-editor.ts";
import { faultAt } from "./set-faults.model.ts";
import type { StepForm } from "./set-form.model.ts";

/** What a step runs, by which key, and what its failure does. */
export function StepFields(props: { editor: SetEditor; step: StepForm; position: number }) {
  const integrations = useIntegrationChoices();
  const items = () => integrations.data?.items ?? [];
  const listed = () => items().some((item) => item.key === props.step.integration);
  const chosen = useIntegration(() => props.step.integration || undefined);
  const deleted = () => chosen.current && chosen.data?.deleted === true;
  const id = (part: string) => `${props.step.id}-${part}`;
  const fault = (part: string) => faultAt(props.editor.faults(), props.step.id, part);
  const abortOfSet = () => (props.editor.form.abortOnFailure ? "abort" : "go on");
  return (
    <div class="grid min-w-0 items-start gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
      <Field
        id={id("integration")}
        label="Integration"
        required
        help={integrations.data?.next ? "There are more than can be listed. Write those into the YAML." : undefined}
        fault={fault("integration")}
      >
        <select
          id={id("integration")}
          class={inputClass}
          {...inputAria(id("integration"), fault("integration"))}
          onChange={(event) => props.editor.chooseIntegration(props.step.id, event.currentTarget.value)}
        >
          <option value="">Choose…</option>
          <Show when={props.step.integration !== "" && !listed()}>
            <option value={props.step.integration} selected>
              {props.step.integration}
              {deleted() ? " (deleted)" : ""}
            </option>
          </Show>
          <For each={items()}>
            {(item) => (
              <option value={item.key} selected={item.key === props.step.integration}>
                {nameWithKey(item)}
              </option>
            )}
          </For>
        </select>
      </Field>
      <InputField
        id={id("key")}
        label="Step key"
        fault={fault("key")}
        maxLength={60}
        placeholder={props.step.integration || "the integration's"}
        value={props.step.key}
        onInput={(key) => props.editor.patchStep(props.step.id, { key })}
      />
      <ChoiceField
        id={id("abort")}
        label="When it fails"
        words={{ set: `As the set: ${abortOfSet()}`, abort: "Abort", go_on: "Go on" }}
        value={props.step.abort}
        onChange={(abort) => props.editor.patchStep(props.step.id, { abort })}
      />
      <Show when={deleted()}>
        <div class="grid gap-2 sm:col-span-full">
          <RestoreNotice integration={props.step.integration}>
            This integration has been deleted, and the set does not start without it.
          </RestoreNotice>
        </div>
      </Show>
    </div>
  );
}

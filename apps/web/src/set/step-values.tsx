import type { Parameter } from "@waybill/core/definition/definition";
import { describeParameter } from "@waybill/core/run/describe-run";
import { For, Show } from "solid-js";
import { useIntegration } from "../data/integrations.ts";
import { ParameterInput } from "../run-integration/parameter-input.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import type { SetEditor } from "./set-editor.ts";
import { faultAt } from "./set-faults.model.ts";
import type { StepForm } from "./set-form.model.ts";
import { firstValue, fromInput, sourceOf, toInput } from "./step-value.model.ts";

/** The values of a step: each its own, or that of a parameter of the set. Files that its definition names are only kept. */
export function StepValues(props: { editor: SetEditor; step: StepForm }) {
  const integration = useIntegration(() => props.step.integration || undefined);
  const files = () => {
    const { sourceFile, attachments } = props.step.kept;
    return [...(sourceFile ? [["source file", sourceFile] as const] : []), ...Object.entries(attachments)];
  };
  return (
    <>
      <Show when={integration.data?.key} keyed>
        <For each={integration.data?.definition.parameters}>
          {(parameter) => <ValueRow editor={props.editor} step={props.step} parameter={parameter} />}
        </For>
      </Show>
      <For each={files()}>
        {([name, file]) => (
          <p class="text-sm text-quiet wrap-anywhere">
            {name}: stored file <code>{file}</code>
          </p>
        )}
      </For>
    </>
  );
}

function ValueRow(props: { editor: SetEditor; step: StepForm; parameter: Parameter }) {
  const key = () => props.parameter.key;
  const id = () => `${props.step.id}-value-${key()}`;
  const value = () => props.step.parameters[key()];
  const source = () => sourceOf(value());
  const takes = (name: string) => {
    const from = source();
    return from.kind === "set" && from.parameter === name;
  };
  const fault = () => faultAt(props.editor.faults(), props.step.id, `parameters.${key()}`);
  const own = () => source().kind === "own";
  const known = () => props.editor.form.parameters.filter((parameter) => parameter.key !== "");
  const lost = () => {
    const from = source();
    return from.kind === "set" && !known().some((parameter) => parameter.key === from.parameter)
      ? from.parameter
      : null;
  };
  const choose = (option: string) => {
    const { setValue, addParameter } = props.editor;
    if (option === "ask") setValue(props.step.id, key(), { parameter: addParameter(props.parameter).key });
    else if (option === "own") setValue(props.step.id, key(), firstValue(props.parameter));
    else setValue(props.step.id, key(), option === "" ? undefined : { parameter: option.slice(setOption.length) });
  };
  return (
    <div class="grid min-w-0 items-start gap-3 sm:grid-cols-2">
      <Field
        id={id()}
        label={props.parameter.label}
        required={props.parameter.required && props.parameter.default === undefined}
        fault={own() ? undefined : fault()}
      >
        <select
          id={id()}
          class={inputClass}
          {...inputAria(id(), own() ? undefined : fault())}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="" selected={source().kind === "none"}>
            {sayNone(props.parameter)}
          </option>
          <Show when={props.parameter.type !== "secret"}>
            <option value="own" selected={own()}>
              Always the same value
            </option>
          </Show>
          <option value="ask">Asked when the set is run (a new parameter)</option>
          <Show when={lost()}>
            {(name) => (
              <option value={`${setOption}${name()}`} selected>
                {name()}, which the set does not have
              </option>
            )}
          </Show>
          <For each={known()}>
            {(parameter) => (
              <option value={`${setOption}${parameter.key}`} selected={takes(parameter.key)}>
                From the set: {parameter.label || parameter.key}
              </option>
            )}
          </For>
        </select>
      </Field>
      <Show when={own()}>
        <ParameterInput
          id={`${id()}-own`}
          parameter={{ ...props.parameter, label: `Value of ${props.parameter.label}`, required: false }}
          value={toInput(props.parameter, value())}
          fault={fault()}
          resolved={undefined}
          onChange={(given) => props.editor.setValue(props.step.id, key(), fromInput(props.parameter, given))}
        />
      </Show>
    </div>
  );
}

const setOption = "set:";

function sayNone({ default: value, required, type }: Parameter): string {
  if (value !== undefined && type !== "secret") return `Left empty: ${describeParameter(value)}`;
  return required ? "Choose…" : "Left empty";
}

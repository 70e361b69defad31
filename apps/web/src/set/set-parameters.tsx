import { parameterTypes } from "@waybill/core/definition/names";
import Plus from "lucide-solid/icons/plus";
import Trash from "lucide-solid/icons/trash";
import { For, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { InputField } from "../ui/input-field.tsx";
import { Notice } from "../ui/notice.tsx";
import type { SetEditor } from "./set-editor.ts";
import { faultAt, otherFaults } from "./set-faults.model.ts";
import type { ParameterForm } from "./set-form.model.ts";

/** What a set asks for once, for its steps to take. */
export function SetParameters(props: { editor: SetEditor }) {
  let list!: HTMLUListElement;
  const add = () => {
    props.editor.addParameter();
    list.querySelector<HTMLElement>("li:last-child input")?.focus();
  };
  return (
    <Card title="Parameters">
      <div class="grid gap-3">
        <p class="text-sm text-quiet">Asked for once when the set is run; its steps take their values from there.</p>
        <ul ref={list} class="grid gap-4 empty:hidden">
          <For each={props.editor.form.parameters}>
            {(parameter, at) => <ParameterFields editor={props.editor} parameter={parameter} position={at() + 1} />}
          </For>
        </ul>
        <div>
          <Button onClick={add}>
            <Plus size={16} aria-hidden="true" />
            Add a parameter
          </Button>
        </div>
      </div>
    </Card>
  );
}

function ParameterFields(props: { editor: SetEditor; parameter: ParameterForm; position: number }) {
  const { patchParameter, removeParameter, faults } = props.editor;
  const id = (part: string) => `${props.parameter.id}-${part}`;
  const fault = (part: string) => faultAt(faults(), props.parameter.id, part);
  const patch = (changes: Partial<ParameterForm>) => patchParameter(props.parameter.id, changes);
  const hasChoices = () => props.parameter.type === "choice" || props.parameter.type === "choices";
  const others = () => otherFaults(faults(), props.parameter.id, (part) => inputs.includes(part));
  return (
    <li>
      <fieldset
        aria-label={`Parameter ${props.position}`}
        class="grid min-w-0 gap-2 rounded-md border border-line bg-page p-3"
      >
        <div class="grid grid-cols-2 gap-2">
          <InputField
            id={id("key")}
            label="Key"
            fault={fault("key")}
            maxLength={63}
            value={props.parameter.key}
            onInput={(key) => patch({ key })}
          />
          <Field id={id("type")} label="Type" fault={fault("type")}>
            <select
              id={id("type")}
              class={inputClass}
              {...inputAria(id("type"), fault("type"))}
              onChange={(event) => patch({ type: parameterTypes.find((type) => type === event.currentTarget.value) })}
            >
              <For each={parameterTypes}>
                {(type) => <option selected={type === props.parameter.type}>{type}</option>}
              </For>
            </select>
          </Field>
        </div>
        <InputField
          id={id("label")}
          label="Label"
          fault={fault("label")}
          maxLength={200}
          placeholder={props.parameter.key}
          value={props.parameter.label}
          onInput={(label) => patch({ label })}
        />
        <Show when={hasChoices()}>
          <Field id={id("choices")} label="Choices" help="One a line." fault={fault("choices")}>
            <textarea
              id={id("choices")}
              class={inputClass}
              {...inputAria(id("choices"), fault("choices"))}
              rows={3}
              value={props.parameter.kept.choices?.join("\n") ?? ""}
              onChange={(event) =>
                patch({ kept: { ...props.parameter.kept, choices: readLines(event.currentTarget.value) } })
              }
            />
          </Field>
        </Show>
        <Show when={others()[0]}>
          <Notice look="bad">{others().join("\n")}</Notice>
        </Show>
        <div class="flex flex-wrap items-center gap-2">
          <label class="mr-auto flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              class="size-4 accent-[var(--accent)]"
              checked={props.parameter.required}
              onChange={(event) => patch({ required: event.currentTarget.checked })}
            />
            Required
          </label>
          <Button
            class="px-2"
            aria-label={`Take the parameter ${props.parameter.key || props.position} out`}
            title="Take the parameter out"
            onClick={() => removeParameter(props.parameter.id)}
          >
            <Trash size={16} aria-hidden="true" />
          </Button>
        </div>
      </fieldset>
    </li>
  );
}

const inputs = ["key", "type", "label", "choices"];

function readLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

import type { Parameter } from "@waybill/core/definition/definition";
import { For, Match, Show, Switch } from "solid-js";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { formatMoment } from "../ui/format.ts";
import { TimeframeInput } from "./timeframe-input.tsx";

/** The text of an input, a box's tick, or ticks by choice. */
export type InputValue = string | boolean | string[];

const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const inputTypes: Partial<Record<Parameter["type"], string>> = {
  date: "date",
  timestamp: "datetime-local",
  secret: "password",
};

/** The input for a parameter, by its type. Where several of one key stand on a page, each has an `id` of its own. */
export function ParameterInput(props: {
  id?: string;
  parameter: Parameter;
  value: InputValue;
  fault: string | undefined;
  resolved: unknown;
  onChange: (value: InputValue) => void;
}) {
  const id = () => props.id ?? `parameter-${props.parameter.key}`;
  const common = () => ({ id: id(), ...inputAria(id(), props.fault) });
  return (
    <Show
      when={props.parameter.type !== "boolean"}
      fallback={<Tick id={id()} parameter={props.parameter} value={props.value} onChange={props.onChange} />}
    >
      <Field
        id={id()}
        label={props.parameter.label}
        required={props.parameter.required && props.parameter.default === undefined}
        group={props.parameter.type === "choices"}
        help={helpOf(props.parameter)}
        fault={props.fault}
      >
        <Switch
          fallback={
            <input
              {...common()}
              type={inputTypes[props.parameter.type] ?? "text"}
              inputmode={
                props.parameter.type === "integer"
                  ? "numeric"
                  : props.parameter.type === "decimal"
                    ? "decimal"
                    : undefined
              }
              autocomplete={props.parameter.type === "secret" ? "new-password" : "off"}
              class={inputClass}
              value={String(props.value)}
              onInput={(event) => props.onChange(event.currentTarget.value)}
            />
          }
        >
          <Match when={props.parameter.type === "choice"}>
            <select {...common()} class={inputClass} onChange={(event) => props.onChange(event.currentTarget.value)}>
              <option value="">Choose…</option>
              <For each={props.parameter.choices}>
                {(choice) => <option selected={choice === props.value}>{choice}</option>}
              </For>
            </select>
          </Match>
          <Match when={props.parameter.type === "choices"}>
            <Choices
              id={id()}
              parameter={props.parameter}
              fault={props.fault}
              value={Array.isArray(props.value) ? props.value : []}
              onChange={props.onChange}
            />
          </Match>
          <Match when={props.parameter.type === "timeframe"}>
            <TimeframeInput
              common={common()}
              value={String(props.value)}
              resolved={props.resolved}
              onChange={props.onChange}
            />
          </Match>
        </Switch>
      </Field>
    </Show>
  );
}

function Tick(props: { id: string; parameter: Parameter; value: InputValue; onChange: (value: InputValue) => void }) {
  return (
    <div>
      <label class="flex items-center gap-2" for={props.id}>
        <input
          id={props.id}
          type="checkbox"
          class="size-4 accent-[var(--accent)]"
          checked={props.value === true}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <span class="text-sm font-medium">{props.parameter.label}</span>
      </label>
      <Show when={props.parameter.description}>
        <p class="ml-6 text-sm text-quiet">{props.parameter.description}</p>
      </Show>
    </div>
  );
}

function Choices(props: {
  id: string;
  parameter: Parameter;
  fault: string | undefined;
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const toggle = (choice: string, on: boolean) =>
    props.onChange(on ? [...props.value, choice] : props.value.filter((one) => one !== choice));
  return (
    <fieldset id={props.id} class="flex min-w-0 flex-wrap gap-x-4 gap-y-1" aria-labelledby={`${props.id}-label`}>
      <For each={props.parameter.choices}>
        {(choice) => (
          <label class="flex items-center gap-2">
            <input
              type="checkbox"
              class="size-4 accent-[var(--accent)]"
              {...inputAria(props.id, props.fault)}
              checked={props.value.includes(choice)}
              onChange={(event) => toggle(choice, event.currentTarget.checked)}
            />
            {choice}
          </label>
        )}
      </For>
    </fieldset>
  );
}

function helpOf({ description, default: value, type }: Parameter): string | undefined {
  const zone = type === "timestamp" ? `In your time zone, ${viewerZone}.` : undefined;
  const meant = value === undefined || type === "secret" ? undefined : `Left empty: ${sayDefault(value, type)}.`;
  return [description, zone, meant].filter((part) => part !== undefined).join(" ") || undefined;
}

function sayDefault(value: NonNullable<Parameter["default"]>, type: Parameter["type"]): string {
  if (value === "today" || value === "now") return `${value} when the run starts`;
  if (type === "timestamp") return formatMoment(String(value));
  return Array.isArray(value) ? value.join(", ") : String(value).replaceAll("_", type === "timeframe" ? " " : "_");
}

import type { Parameter } from "@waybill/core/definition/definition";
import { For, Show } from "solid-js";
import { Card } from "../ui/card.tsx";
import { type InputValue, ParameterInput } from "./parameter-input.tsx";
import { isGiven } from "./run-form.model.ts";

/** The values that an integration or a set asks for; nothing where it asks for none. */
export function ParametersCard(props: {
  parameters: Parameter[];
  values: Record<string, InputValue>;
  faults: Record<string, string>;
  /** Whether a person has tried to go on: then what was left empty is a fault too. */
  tried: boolean;
  resolved: Record<string, unknown>;
  help?: string;
  onChange: (key: string, value: InputValue) => void;
}) {
  const shown = (key: string) => props.tried || isGiven(props.values[key]);
  return (
    <Show when={props.parameters.length > 0}>
      <Card title="Parameters">
        <div class="grid gap-4">
          <Show when={props.help}>
            <p class="text-sm text-quiet">{props.help}</p>
          </Show>
          <For each={props.parameters}>
            {(parameter) => (
              <ParameterInput
                parameter={parameter}
                value={props.values[parameter.key] ?? ""}
                fault={shown(parameter.key) ? props.faults[parameter.key] : undefined}
                resolved={props.resolved[parameter.key]}
                onChange={(value) => props.onChange(parameter.key, value)}
              />
            )}
          </For>
        </div>
      </Card>
    </Show>
  );
}

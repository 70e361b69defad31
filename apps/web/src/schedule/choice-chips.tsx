import { For } from "solid-js";
import { Field, inputAria } from "../ui/field.tsx";

/** Boxes to tick that stand close together, such as the days of a week. */
export function ChoiceChips<Value extends string | number>(props: {
  id: string;
  label: string;
  choices: readonly { value: Value; label: string; name?: string }[];
  chosen: readonly Value[];
  fault: string | undefined;
  onChange: (chosen: Value[]) => void;
}) {
  const toggle = (value: Value, on: boolean) =>
    props.onChange(
      props.choices.map((choice) => choice.value).filter((one) => (one === value ? on : props.chosen.includes(one))),
    );
  return (
    <Field id={props.id} label={props.label} group fault={props.fault}>
      <fieldset id={props.id} class="flex min-w-0 flex-wrap gap-1.5" aria-labelledby={`${props.id}-label`}>
        <For each={props.choices}>
          {(choice) => (
            <label class="cursor-pointer">
              <input
                type="checkbox"
                class="peer sr-only"
                aria-label={choice.name}
                {...inputAria(props.id, props.fault)}
                checked={props.chosen.includes(choice.value)}
                onChange={(event) => toggle(choice.value, event.currentTarget.checked)}
              />
              <span class="grid min-h-9 min-w-9 place-items-center rounded-md border border-line px-2 text-sm tabular-nums peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent">
                {choice.label}
              </span>
            </label>
          )}
        </For>
      </fieldset>
    </Field>
  );
}

import { For } from "solid-js";
import { Field, inputAria, inputClass } from "./field.tsx";

/** A labelled choice of one among a few, in the order of their `words`. */
export function ChoiceField<Value extends string>(props: {
  id: string;
  label: string;
  words: Record<Value, string>;
  value: Value;
  fault?: string | undefined;
  onChange: (value: Value) => void;
}) {
  const values = () => Object.keys(props.words) as Value[];
  return (
    <Field id={props.id} label={props.label} fault={props.fault}>
      <select
        id={props.id}
        class={inputClass}
        {...inputAria(props.id, props.fault)}
        onChange={(event) => props.onChange(event.currentTarget.value as Value)}
      >
        <For each={values()}>
          {(value) => (
            <option value={value} selected={value === props.value}>
              {props.words[value]}
            </option>
          )}
        </For>
      </select>
    </Field>
  );
}

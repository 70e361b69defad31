import { type ComponentProps, splitProps } from "solid-js";
import { Field, inputAria, inputClass } from "./field.tsx";

/** A labelled input: what those of the browser take, and the help and fault of a field. Its text is told as it is typed. */
export function InputField(
  props: Omit<ComponentProps<"input">, "id" | "class" | "onInput"> & {
    id: string;
    label: string;
    help?: string | undefined;
    fault?: string | undefined;
    onInput: (text: string) => void;
  },
) {
  // Whether it is required is said in words, and judged by the form.
  const [own, rest] = splitProps(props, ["label", "required", "help", "fault", "onInput"]);
  return (
    <Field id={rest.id} label={own.label} required={own.required ?? false} help={own.help} fault={own.fault}>
      <input
        autocomplete="off"
        {...rest}
        {...inputAria(rest.id, own.fault)}
        class={`${inputClass} enabled:read-only:bg-page enabled:read-only:text-quiet`}
        onInput={(event) => own.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}

import { type JSX, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

/** The looks of an input, wherever it stands. */
export const inputClass =
  "min-h-9 w-full rounded-md border border-line bg-card px-2.5 py-1.5 text-ink placeholder:text-quiet aria-invalid:border-bad";

/** What an input of a field says of itself, so that its help and its fault are read out with it. */
export function inputAria(id: string, fault: string | undefined) {
  return { "aria-invalid": fault !== undefined, "aria-describedby": `${id}-help ${id}-fault` } as const;
}

/** A labelled place for a value, with its help and its fault beneath. `id` is that of the input, or of the `group` of inputs. */
export function Field(props: {
  id: string;
  label: string;
  required?: boolean;
  group?: boolean;
  help?: string | undefined;
  fault?: string | undefined;
  children: JSX.Element;
}) {
  return (
    <div class="grid min-w-0 gap-1">
      <Dynamic
        component={props.group ? "span" : "label"}
        id={`${props.id}-label`}
        for={props.group ? undefined : props.id}
        class="text-sm font-medium"
      >
        {props.label}
        <Show when={props.required}>
          <span class="text-quiet font-normal"> (required)</span>
        </Show>
      </Dynamic>
      {props.children}
      <Show when={props.help}>
        <p id={`${props.id}-help`} class="text-quiet text-sm wrap-anywhere">
          {props.help}
        </p>
      </Show>
      <Show when={props.fault}>
        <p id={`${props.id}-fault`} class="text-bad text-sm wrap-anywhere">
          {props.fault}
        </p>
      </Show>
    </div>
  );
}

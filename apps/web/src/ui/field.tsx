import { type JSX, Show } from "solid-js";

export const inputClass =
  "min-h-9 w-full rounded-md border border-line bg-card px-2.5 py-1.5 text-ink placeholder:text-quiet aria-invalid:border-bad";

/** A labelled place for a value, with its help and its fault beneath. `id` is that of the input. */
export function Field(props: {
  id: string;
  label: string;
  required?: boolean;
  help?: string | undefined;
  fault?: string | undefined;
  children: JSX.Element;
}) {
  return (
    <div class="grid gap-1">
      <label for={props.id} class="text-sm font-medium">
        {props.label}
        <Show when={props.required}>
          <span class="text-quiet font-normal"> (required)</span>
        </Show>
      </label>
      {props.children}
      <Show when={props.help}>
        <p class="text-quiet text-sm">{props.help}</p>
      </Show>
      <Show when={props.fault}>
        <p id={`${props.id}-fault`} class="text-bad text-sm">
          {props.fault}
        </p>
      </Show>
    </div>
  );
}

import { Show } from "solid-js";

/** A value as it stands, with its spaces; said to be empty where it is. */
export function CellText(props: { text: string }) {
  return (
    <Show when={props.text !== ""} fallback={<i class="text-quiet">(empty)</i>}>
      <span dir="auto" class="rounded bg-page px-1 wrap-anywhere whitespace-pre-wrap ring-1 ring-line">
        {props.text}
      </span>
    </Show>
  );
}

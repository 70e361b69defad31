import type { JSX } from "solid-js";

/** A name and its value in a list of details. */
export function DetailRow(props: { name: string; children: JSX.Element }) {
  return (
    <div class="grid grid-cols-[9rem_1fr] gap-2">
      <dt class="text-quiet wrap-anywhere">{props.name}</dt>
      <dd class="min-w-0 wrap-anywhere">{props.children}</dd>
    </div>
  );
}

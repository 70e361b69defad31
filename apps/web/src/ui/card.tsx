import { type JSX, Show } from "solid-js";

/** A part of a page, with its heading. */
export function Card(props: { title?: string; children: JSX.Element; class?: string }) {
  return (
    <section class={`rounded-lg border border-line bg-card p-4 ${props.class ?? ""}`}>
      <Show when={props.title}>
        <h2 class="mb-3 font-semibold">{props.title}</h2>
      </Show>
      {props.children}
    </section>
  );
}

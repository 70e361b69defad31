import type { LucideProps } from "lucide-solid";
import type { Component } from "solid-js";
import { Dynamic } from "solid-js/web";

/** A status as it is seen everywhere: an icon that turns while something is under way, its words and its colour. */
export function StatusLook(props: { status: string; icon: Component<LucideProps>; class: string; words: string }) {
  return (
    <span
      data-status={props.status}
      class={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${props.class}`}
    >
      <Dynamic
        component={props.icon}
        size={16}
        aria-hidden="true"
        class={props.status === "in_progress" ? "motion-safe:animate-spin" : ""}
      />
      {props.words}
    </span>
  );
}

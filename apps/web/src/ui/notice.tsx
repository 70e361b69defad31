import type { JSX } from "solid-js";

const looks = {
  info: "border-line",
  warn: "border-warn text-warn",
  bad: "border-bad text-bad",
} as const;

/** A message in its place; a bad one is read out at once. */
export function Notice(props: { look?: keyof typeof looks; class?: string; children: JSX.Element }) {
  return (
    <div
      role={props.look === "bad" ? "alert" : "note"}
      class={`rounded-md border bg-card px-3 py-2 text-sm wrap-anywhere whitespace-pre-line ${looks[props.look ?? "info"]} ${props.class ?? ""}`}
    >
      {props.children}
    </div>
  );
}

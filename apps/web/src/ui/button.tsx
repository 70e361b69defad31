import { type ComponentProps, splitProps } from "solid-js";

const looks = {
  primary: "bg-accent text-on-accent hover:brightness-110",
  plain: "border border-line bg-card text-ink hover:border-quiet",
  danger: "border border-bad text-bad hover:bg-bad hover:text-card",
} as const;

/** Those of the browser, and how important it looks. */
export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
}

/** What a person presses to do something. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ["look", "class"]);
  return <button type="button" {...rest} class={`${buttonClass(own.look)} ${own.class ?? ""}`} />;
}

/** The looks of a button, for links that lead somewhere. */
export function buttonClass(look: keyof typeof looks = "plain"): string {
  return `inline-flex min-h-9 items-center justify-center gap-1.5 rounded-md px-3 py-1.5 text-sm font-medium whitespace-nowrap motion-safe:transition disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 ${looks[look]}`;
}

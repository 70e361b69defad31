import { Link } from "@tanstack/solid-router";
import { toFault } from "../data/api.ts";
import { buttonClass } from "./button.tsx";
import { Notice } from "./notice.tsx";

/** What stands in the place of a page that cannot be there: why, and where to go instead. */
export function NotShown(props: {
  title: string;
  why: Error | string | null;
  to: "/" | "/sets" | "/schedules";
  /** The words of the link. */
  words: string;
}) {
  return (
    <div class="grid justify-items-start gap-3">
      <h1 class="text-xl font-semibold">{props.title}</h1>
      <Notice look="bad">{typeof props.why === "string" ? props.why : toFault(props.why).message}</Notice>
      <Link to={props.to} class={buttonClass()}>
        {props.words}
      </Link>
    </div>
  );
}

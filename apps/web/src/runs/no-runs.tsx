import { Link } from "@tanstack/solid-router";
import { Show } from "solid-js";
import { Button, buttonClass } from "../ui/button.tsx";

/** What stands where runs would be. */
export function NoRuns(props: { filtered: boolean; onClear: () => void }) {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <Show
        when={props.filtered}
        fallback={
          <>
            <p class="font-medium">Nothing has run yet</p>
            <p class="max-w-md text-quiet">
              Every run appears here with its status, its counts and its rejected records.
            </p>
            <Link to="/run" class={buttonClass("primary")}>
              Run an Integration
            </Link>
          </>
        }
      >
        <p class="font-medium">No run fits the filter</p>
        <Button onClick={() => props.onClear()}>Show all runs</Button>
      </Show>
    </div>
  );
}

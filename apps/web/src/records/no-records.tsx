import { Link } from "@tanstack/solid-router";
import CircleCheck from "lucide-solid/icons/circle-check";
import { Show } from "solid-js";
import { Button, buttonClass } from "../ui/button.tsx";
import type { RecordsSearch } from "./records-search.model.ts";

/** What stands where records would be. */
export function NoRecords(props: { search: RecordsSearch; narrowed: boolean; onClear: () => void }) {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <Show
        when={props.narrowed || props.search.state !== undefined}
        fallback={
          <>
            <CircleCheck size={28} class="text-good" aria-hidden="true" />
            <p class="font-medium">Nothing is open</p>
            <p class="max-w-md text-quiet">
              A record that a run turns away comes here, whole and with what is wrong with it. Correct it, and send it
              again alone.
            </p>
            <Link to="/" class={buttonClass()}>
              Go to the runs
            </Link>
          </>
        }
      >
        <p class="font-medium">No record fits the filter</p>
        <Show when={props.narrowed}>
          <Button onClick={() => props.onClear()}>Take the filters out</Button>
        </Show>
      </Show>
    </div>
  );
}

import { Link } from "@tanstack/solid-router";
import { For, Show } from "solid-js";
import type { RecordDetails } from "../data/records.ts";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { describeEntry } from "./record-history.model.ts";

/** What happened to a record since it was turned away, the newest first. */
export function RecordHistory(props: { history: RecordDetails["history"] }) {
  return (
    <section aria-label="History">
      <h3 class="mb-1 font-semibold">History</h3>
      <ol class="grid gap-2">
        <For each={props.history.toReversed()} fallback={<li class="text-quiet">Nobody has changed it yet.</li>}>
          {(entry) => (
            <li class="wrap-anywhere">
              {entry.by} {describeEntry(entry)}
              <Show when={entry.kind === "resubmission" && entry.run}>
                {(run) => (
                  <>
                    {" in "}
                    <Link to="/runs/$run" params={{ run: run().id }} class="text-accent hover:underline" dir="auto">
                      {run().name}
                    </Link>
                  </>
                )}
              </Show>
              <span class="block text-quiet" title={formatExactTime(entry.at)}>
                {formatTime(entry.at)}
              </span>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}

import { recordStateLabels, recordStates } from "@waybill/core/rejected/record-state";
import { For } from "solid-js";
import type { RecordCounts } from "../data/records.ts";
import { formatNumber } from "../ui/format.ts";
import type { RecordsSearch } from "./records-search.model.ts";

/** How many records are in each state; choosing one shows those. */
export function StateTabs(props: {
  counts: RecordCounts | undefined;
  chosen: RecordsSearch["state"];
  onChoose: (state: RecordsSearch["state"]) => void;
}) {
  const states = () => [
    ...recordStates.map((state) => ({ state, label: recordStateLabels[state], count: props.counts?.states[state] })),
    { state: "all" as const, label: "All", count: props.counts?.total },
  ];
  return (
    <fieldset class="flex max-w-full min-w-0 overflow-x-auto rounded-md border border-line bg-card text-sm">
      <legend class="sr-only">State</legend>
      <For each={states()}>
        {({ state, label, count }) => (
          <button
            type="button"
            aria-pressed={(props.chosen ?? "open") === state}
            class="flex min-h-9 items-center gap-1.5 border-r border-line px-3 whitespace-nowrap text-quiet -outline-offset-2 last:border-0 hover:text-ink aria-pressed:bg-page aria-pressed:font-medium aria-pressed:text-ink"
            onClick={() => props.onChoose(state === "open" ? undefined : state)}
          >
            {label}
            <span class="tabular-nums">{count === undefined ? "" : formatNumber(count)}</span>
          </button>
        )}
      </For>
    </fieldset>
  );
}

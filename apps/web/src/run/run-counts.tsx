import { isFinal } from "@waybill/core/run/status";
import { For, Show } from "solid-js";
import type { RunSummary } from "../data/runs.ts";
import { formatNumber } from "../ui/format.ts";

/** Where the records went: a bar that adds up to what was read, and the numbers. */
export function RunCounts(props: { run: RunSummary }) {
  const parts = () => [
    { name: "Accepted", count: props.run.counts.accepted, bar: "bg-good", note: acceptedNote(props.run) },
    { name: "Skipped", count: props.run.counts.skipped, bar: "bg-quiet", note: "by the definition's rules" },
    { name: "Rejected", count: props.run.counts.rejected, bar: "bg-warn", note: "kept whole, with their issues" },
  ];
  return (
    <>
      <p class="text-2xl font-semibold tabular-nums">
        {formatNumber(props.run.counts.read)} <span class="text-base font-normal text-quiet">records read</span>
        <Show when={props.run.recordsPerSecond}>
          {(speed) => <span class="text-base font-normal text-quiet">, {formatNumber(speed())} a second</span>}
        </Show>
      </p>
      <div class="my-3 flex h-2.5 overflow-hidden rounded-full bg-line" aria-hidden="true">
        <For each={parts()}>
          {(part) => <div class={part.bar} style={{ width: `${share(part.count, props.run.counts.read)}%` }} />}
        </For>
      </div>
      <dl class="grid gap-3 sm:grid-cols-3">
        <For each={parts()}>
          {(part) => (
            <div>
              <dt class="flex items-center gap-2 text-sm text-quiet">
                <span class={`size-2.5 rounded-full ${part.bar}`} aria-hidden="true" />
                {part.name}
              </dt>
              <dd class="text-lg font-semibold tabular-nums">{formatNumber(part.count)}</dd>
              <dd class="text-sm text-quiet">{part.note}</dd>
            </div>
          )}
        </For>
      </dl>
    </>
  );
}

function acceptedNote({ counts, kept, status }: RunSummary): string {
  const left = kept || !isFinal(status) || counts.accepted === 0 ? "" : "not kept: ";
  return `${left}${formatNumber(counts.inserted)} inserted, ${formatNumber(counts.updated)} updated, ${formatNumber(counts.unchanged)} unchanged`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

import { Link } from "@tanstack/solid-router";
import { describeDuration } from "@waybill/core/run/describe-run";
import { For, Show } from "solid-js";
import type { RunListItem } from "../data/runs.ts";
import { formatExactTime, formatNumber, formatTime } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";

/** A table that becomes a list of cards where the screen is narrow; `old` while the runs of another filter stand in it. */
export function RunsTable(props: { runs: RunListItem[]; old: boolean }) {
  return (
    <div
      class="overflow-hidden rounded-lg border border-line bg-card"
      classList={{ "opacity-60": props.old }}
      aria-busy={props.old}
    >
      <table class="w-full max-md:block">
        <thead class="text-left text-sm text-quiet max-md:sr-only">
          <tr class="border-b border-line">
            <th class="px-3 py-2 font-medium">Run</th>
            <th class="px-3 py-2 font-medium">Status</th>
            <th class="px-3 py-2 text-right font-medium">Read</th>
            <th class="px-3 py-2 text-right font-medium">Rejected</th>
            <th class="px-3 py-2 font-medium">Started</th>
            <th class="px-3 py-2 text-right font-medium">Took</th>
          </tr>
        </thead>
        <tbody class="max-md:block">
          <For each={props.runs}>{(run) => <RunRow run={run} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function RunRow(props: { run: RunListItem }) {
  const loading = () => props.run.status === "in_progress" && props.run.progress !== null;
  return (
    <tr class="relative border-b border-line last:border-0 hover:bg-page max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:p-3">
      <td class="px-3 py-2 wrap-anywhere max-md:w-full max-md:p-0">
        <Link
          to="/runs/$run"
          params={{ run: props.run.id }}
          dir="auto"
          class="font-medium after:absolute after:inset-0"
        >
          {props.run.name}
        </Link>
        <p class="text-sm text-quiet">
          {props.run.integrationName}
          {props.run.test ? " · test run" : ""}
        </p>
      </td>
      <td class="px-3 py-2 max-md:p-0">
        <StatusBadge status={props.run.status} />
        <Show when={props.run.phase}>
          <p class="text-sm text-quiet">
            {props.run.phase}
            {loading() ? ` ${props.run.progress} %` : ""}
          </p>
        </Show>
      </td>
      <td class="px-3 py-2 text-right tabular-nums max-md:p-0">
        {formatNumber(props.run.counts.read)}
        <span class="text-quiet md:hidden"> read</span>
      </td>
      <td
        class="px-3 py-2 text-right tabular-nums max-md:p-0"
        classList={{ "text-warn": props.run.counts.rejected > 0 }}
      >
        {formatNumber(props.run.counts.rejected)}
        <span class="md:hidden"> rejected</span>
      </td>
      <td
        class="px-3 py-2 whitespace-nowrap max-md:p-0 max-md:text-sm max-md:text-quiet"
        title={formatExactTime(props.run.startedAt ?? props.run.createdAt)}
      >
        {formatTime(props.run.startedAt ?? props.run.createdAt)}
      </td>
      <td class="px-3 py-2 text-right whitespace-nowrap tabular-nums max-md:p-0 max-md:text-sm max-md:text-quiet">
        {describeDuration(props.run.startedAt, props.run.finishedAt)}
      </td>
    </tr>
  );
}

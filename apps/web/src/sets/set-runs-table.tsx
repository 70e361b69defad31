import { Link } from "@tanstack/solid-router";
import { describeDuration } from "@waybill/core/run/describe-run";
import { For } from "solid-js";
import type { SetRunListItem } from "../data/sets.ts";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";

/** A table that becomes a list of cards where the screen is narrow. */
export function SetRunsTable(props: { setRuns: SetRunListItem[] }) {
  return (
    <div class="overflow-hidden rounded-lg border border-line bg-card">
      <table class="w-full max-md:block" aria-label="Recent set runs">
        <thead class="text-left text-sm text-quiet max-md:sr-only">
          <tr class="border-b border-line">
            <th class="px-3 py-2 font-medium">Set run</th>
            <th class="px-3 py-2 font-medium">Status</th>
            <th class="px-3 py-2 font-medium">Started</th>
            <th class="px-3 py-2 font-medium">By</th>
            <th class="px-3 py-2 text-right font-medium">Took</th>
          </tr>
        </thead>
        <tbody class="max-md:block">
          <For each={props.setRuns}>{(setRun) => <SetRunRow setRun={setRun} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function SetRunRow(props: { setRun: SetRunListItem }) {
  return (
    <tr class="relative border-b border-line last:border-0 hover:bg-page max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:p-3">
      <td class="px-3 py-2 wrap-anywhere max-md:w-full max-md:p-0">
        <Link
          to="/set-runs/$id"
          params={{ id: props.setRun.id }}
          dir="auto"
          class="font-medium after:absolute after:inset-0"
        >
          {props.setRun.name}
        </Link>
        <p class="text-sm text-quiet">{props.setRun.setName}</p>
      </td>
      <td class="px-3 py-2 max-md:p-0">
        <StatusBadge status={props.setRun.status} />
      </td>
      <td
        class="px-3 py-2 whitespace-nowrap max-md:p-0 max-md:text-sm max-md:text-quiet"
        title={formatExactTime(props.setRun.createdAt)}
      >
        {formatTime(props.setRun.createdAt)}
      </td>
      <td class="px-3 py-2 wrap-anywhere max-md:p-0 max-md:text-sm max-md:text-quiet">{props.setRun.startedBy}</td>
      <td class="px-3 py-2 text-right whitespace-nowrap tabular-nums max-md:p-0 max-md:text-sm max-md:text-quiet">
        {describeDuration(props.setRun.createdAt, props.setRun.finishedAt)}
      </td>
    </tr>
  );
}

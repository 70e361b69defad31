import { Link } from "@tanstack/solid-router";
import Play from "lucide-solid/icons/play";
import { For, Show } from "solid-js";
import type { SetListItem } from "../data/sets.ts";
import { buttonClass } from "../ui/button.tsx";
import { formatTime } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";

/** A table that becomes a list of cards where the screen is narrow. */
export function SetsTable(props: { sets: SetListItem[] }) {
  return (
    <div class="overflow-hidden rounded-lg border border-line bg-card">
      <table class="w-full max-md:block" aria-label="Sets">
        <thead class="text-left text-sm text-quiet max-md:sr-only">
          <tr class="border-b border-line">
            <th class="px-3 py-2 font-medium">Set</th>
            <th class="px-3 py-2 font-medium">Steps</th>
            <th class="px-3 py-2 text-right font-medium">Version</th>
            <th class="px-3 py-2 font-medium">Last run</th>
            <th class="px-3 py-2">
              <span class="sr-only">Run</span>
            </th>
          </tr>
        </thead>
        <tbody class="max-md:block">
          <For each={props.sets}>{(set) => <SetRow set={set} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function SetRow(props: { set: SetListItem }) {
  return (
    <tr class="border-b border-line last:border-0 hover:bg-page max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:p-3">
      <td class="px-3 py-2 align-top wrap-anywhere max-md:w-full max-md:p-0">
        <Link to="/sets/$key" params={{ key: props.set.key }} dir="auto" class="font-medium hover:underline">
          {props.set.name}
        </Link>
        <p class="text-sm text-quiet">{props.set.description || props.set.key}</p>
      </td>
      <td class="px-3 py-2 align-top max-md:w-full max-md:p-0">
        <ol class="flex flex-wrap gap-x-1.5 text-sm">
          <For each={props.set.integrations}>
            {(integration, at) => (
              <li class="wrap-anywhere">
                {integration}
                <Show when={props.set.deletedIntegrations.includes(integration)}>
                  {" "}
                  <Link to="/run" search={{ integration }} class="text-warn underline">
                    (deleted: restore it)
                  </Link>
                </Show>
                <Show when={at() < props.set.integrations.length - 1}>
                  <span class="ml-1.5 text-quiet" aria-hidden="true">
                    →
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ol>
      </td>
      <td class="px-3 py-2 text-right align-top tabular-nums max-md:p-0 max-md:text-sm max-md:text-quiet">
        <span class="md:hidden">version </span>
        {props.set.version}
      </td>
      <td class="px-3 py-2 align-top max-md:p-0">
        <Show when={props.set.lastRun} fallback={<span class="text-sm text-quiet">never run</span>}>
          {(last) => (
            <Link
              to="/set-runs/$id"
              params={{ id: last().id }}
              class="inline-flex flex-wrap items-center gap-x-2 hover:underline"
              aria-label={`Last run: ${last().name}`}
            >
              <StatusBadge status={last().status} />
              <Show when={last().finishedAt}>{(at) => <span class="text-sm text-quiet">{formatTime(at())}</span>}</Show>
            </Link>
          )}
        </Show>
      </td>
      <td class="px-3 py-2 text-right align-top max-md:ml-auto max-md:p-0">
        <Link
          to="/sets/$key/run"
          params={{ key: props.set.key }}
          class={buttonClass()}
          aria-label={`Run ${props.set.name}`}
        >
          <Play size={16} aria-hidden="true" />
          Run
        </Link>
      </td>
    </tr>
  );
}

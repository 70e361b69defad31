import { type IssueCode, sentenceOf } from "@waybill/core/record/issue-code";
import { For, Show } from "solid-js";
import type { RecordCounts } from "../data/records.ts";
import { formatNumber } from "../ui/format.ts";

type Group = RecordCounts["groups"][number];

/** What is wrong, the most frequent first; choosing one narrows the list to it, and once more shows all. */
export function IssueGroups(props: {
  groups: Group[];
  chosen: { code?: IssueCode; field?: string };
  onChoose: (chosen: { code: IssueCode; field: string } | null) => void;
}) {
  const isChosen = (group: Group) =>
    props.chosen.code === group.code &&
    (props.chosen.field === undefined || props.chosen.field === (group.field ?? ""));
  const choose = (group: Group) =>
    props.onChoose(isChosen(group) ? null : { code: group.code, field: group.field ?? "" });
  return (
    <Show when={props.groups.length > 0} fallback={<p class="px-1 text-sm text-quiet">No issue is left here.</p>}>
      <ul class="flex gap-2 overflow-x-auto lg:grid lg:gap-1">
        <For each={props.groups}>
          {(group) => (
            <li class="min-w-60 lg:min-w-0">
              <button
                type="button"
                aria-pressed={isChosen(group)}
                class="grid h-full w-full gap-0.5 rounded-md border border-line bg-card px-3 py-2 text-left text-sm hover:border-quiet aria-pressed:border-accent aria-pressed:ring-1 aria-pressed:ring-accent"
                title={`For example ${group.example.value === null ? "" : `"${group.example.value}": `}${group.example.message}`}
                onClick={() => choose(group)}
              >
                <span class="flex items-baseline justify-between gap-2">
                  <span class="truncate font-medium">{group.field ?? "Whole record"}</span>
                  <span class="tabular-nums">{formatNumber(group.count)}</span>
                </span>
                <span class="line-clamp-2 text-quiet">{sentenceOf(group.code) || group.code}</span>
                <Show when={group.example.value}>
                  {(value) => (
                    <span class="truncate text-quiet" dir="auto">
                      such as <span class="text-bad">{value()}</span>
                    </span>
                  )}
                </Show>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

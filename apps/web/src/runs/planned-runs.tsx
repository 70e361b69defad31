import { Link } from "@tanstack/solid-router";
import { createSignal, For, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { type PlannedRun, type PlannedState, usePlannedRuns } from "../data/schedules.ts";
import { DeleteSchedule } from "../schedules/delete-schedule.tsx";
import { PausedBy } from "../schedules/paused-by.tsx";
import { PlannedBadge } from "../schedules/planned-badge.tsx";
import { SkipOccurrence } from "../schedules/skip-occurrence.tsx";
import { Button } from "../ui/button.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";

const shownAtFirst = 3;
const shownMax = 200;

/** The next run of each schedule, the soonest first: a few above the runs, or all of the status that is looked for. */
export function PlannedRuns(props: { status: PlannedState | undefined; search: string | undefined }) {
  const [opened, setOpened] = createSignal(false);
  const all = () => opened() || props.status !== undefined;
  const planned = usePlannedRuns(() => ({
    state: props.status,
    search: props.search,
    limit: all() ? shownMax : shownAtFirst,
  }));
  return (
    <>
      <Show when={!connectionLost() && planned.error}>
        <Notice look="bad">{toFault(planned.error).message}</Notice>
      </Show>
      <Show when={planned.data}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<NonePlanned asked={props.status !== undefined} />}>
            <div class="mb-4 grid gap-2">
              <PlannedTable planned={page().items} />
              <Show when={page().next}>
                <p class="text-center text-sm text-quiet">
                  <Show when={all()} fallback={<Button onClick={() => setOpened(true)}>More planned runs</Button>}>
                    There are more. The rest are listed by <code>npx waybill schedules list</code>.
                  </Show>
                </p>
              </Show>
            </div>
          </Show>
        )}
      </Show>
    </>
  );
}

/** Above the runs nothing need be said; whoever looks for what is planned is told that there is nothing. */
function NonePlanned(props: { asked: boolean }) {
  return (
    <Show when={props.asked}>
      <p class="rounded-lg border border-dashed border-line px-4 py-16 text-center font-medium">
        No planned run fits the filter
      </p>
    </Show>
  );
}

function PlannedTable(props: { planned: PlannedRun[] }) {
  return (
    <div class="overflow-hidden rounded-lg border border-line bg-card">
      <table class="w-full max-md:block" aria-label="Planned runs">
        <thead class="text-left text-sm text-quiet max-md:sr-only">
          <tr class="border-b border-line">
            <th class="px-3 py-2 font-medium">Planned</th>
            <th class="px-3 py-2 font-medium">Status</th>
            <th class="px-3 py-2 font-medium">At</th>
            <th class="px-3 py-2">
              <span class="sr-only">Remedy</span>
            </th>
          </tr>
        </thead>
        <tbody class="max-md:block">
          <For each={props.planned}>{(planned) => <PlannedRow planned={planned} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function PlannedRow(props: { planned: PlannedRun }) {
  const deleted = () => props.planned.state === "scheduled_but_deleted";
  return (
    <tr
      class="border-b border-line last:border-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:p-3"
      classList={{ "text-quiet": deleted() }}
    >
      <td class="px-3 py-2 wrap-anywhere max-md:w-full max-md:p-0">
        <Link
          to="/schedules/$schedule"
          params={{ schedule: props.planned.schedule.id }}
          dir="auto"
          class="font-medium hover:underline"
        >
          {props.planned.schedule.name}
        </Link>
        <p class="text-sm text-quiet">{props.planned.target.name}</p>
        <Show when={props.planned.paused}>
          {(paused) => (
            <p class="text-sm">
              <PausedBy paused={paused()} />
            </p>
          )}
        </Show>
      </td>
      <td class="px-3 py-2 max-md:p-0">
        <PlannedBadge state={props.planned.state} paused={props.planned.paused} />
      </td>
      <td
        class="px-3 py-2 whitespace-nowrap max-md:p-0 max-md:text-sm max-md:text-quiet"
        title={formatExactTime(props.planned.at)}
      >
        {formatTime(props.planned.at)}
      </td>
      <td class="px-3 py-2 text-right max-md:p-0">
        <div class="flex flex-wrap justify-end gap-2">
          <SkipOccurrence schedule={props.planned.schedule} at={props.planned.at} />
          <Show when={deleted()}>
            <DeleteSchedule schedule={props.planned.schedule} words="Delete the schedule…" />
          </Show>
        </div>
      </td>
    </tr>
  );
}

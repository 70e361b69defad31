import { For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useOccurrences, useSchedules } from "../data/schedules.ts";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { OccurrencesTable } from "./occurrences-table.tsx";
import { ScheduleCard } from "./schedule-card.tsx";

/** The schedules, and beneath them what is planned and what became of it, as it changes. */
export function SchedulesPage() {
  const schedules = useSchedules();
  const occurrences = useOccurrences();
  usePageTitle(() => "Schedules");
  const fault = () => schedules.error ?? occurrences.error;
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h1 class="text-xl font-semibold">Schedules</h1>
      <Show when={!connectionLost() && fault()}>
        <Notice look="bad">{toFault(fault()).message}</Notice>
      </Show>
      <Switch>
        <Match when={schedules.data?.items.length === 0}>
          <NoSchedules />
        </Match>
        <Match when={schedules.data}>
          {(page) => (
            <>
              <ul class="overflow-hidden rounded-lg border border-line bg-card">
                <For each={page().items}>{(schedule) => <ScheduleCard schedule={schedule} />}</For>
              </ul>
              <Show when={page().next}>
                <p class="text-center text-sm text-quiet">
                  There are more. The rest are listed by <code>npx waybill schedules list</code>.
                </p>
              </Show>
              <p class="text-sm text-quiet">
                Add one in a terminal: <code class="wrap-anywhere">npx waybill schedules add --help</code>
              </p>
            </>
          )}
        </Match>
        <Match when={!schedules.error}>
          <p class="py-16 text-center text-quiet">Reading the schedules…</p>
        </Match>
      </Switch>
      <Show when={occurrences.data?.items.length}>
        <h2 class="mt-4 text-lg font-semibold">Planned and past</h2>
        <OccurrencesTable occurrences={occurrences.data?.items ?? []} />
      </Show>
    </div>
  );
}

function NoSchedules() {
  return (
    <div class="grid justify-items-center gap-3 rounded-lg border border-dashed border-line px-4 py-16 text-center">
      <p class="font-medium">There is no schedule yet</p>
      <p class="max-w-md text-quiet">
        A schedule runs an integration or a set by itself: once later, every so many hours, days or weeks, on days of
        the month, or by a cron expression.
      </p>
      <p class="text-sm text-quiet">
        Add one in a terminal: <code class="wrap-anywhere">npx waybill schedules add --help</code>
      </p>
    </div>
  );
}

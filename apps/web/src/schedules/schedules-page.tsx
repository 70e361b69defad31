import { Link, useSearch } from "@tanstack/solid-router";
import Plus from "lucide-solid/icons/plus";
import { For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { type Schedule, useSchedules } from "../data/schedules.ts";
import { buttonClass } from "../ui/button.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { NoSchedules } from "./no-schedules.tsx";
import { PlannedAndPast } from "./planned-and-past.tsx";
import { ScheduleCard } from "./schedule-card.tsx";
import { WeekCalendar } from "./week-calendar.tsx";

/** The coming week, the schedules, and beneath them what is planned and what became of it, as it changes. */
export function SchedulesPage() {
  const search = useSearch({ from: "/schedules" });
  const schedules = useSchedules();
  usePageTitle(() => "Schedules");
  const find = (asked: string | undefined) => schedules.data?.items.find(({ id }) => id === asked);
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div class="flex flex-wrap items-center gap-2">
        <h1 class="mr-auto text-xl font-semibold">Schedules</h1>
        <Link to="/schedules/new" class={buttonClass()}>
          <Plus size={16} aria-hidden="true" />
          New schedule
        </Link>
      </div>
      <div role="status" class="empty:hidden">
        <Show when={find(search().saved)}>{(schedule) => <Saved schedule={schedule()} />}</Show>
      </div>
      <Show when={!connectionLost() && schedules.error}>
        <Notice look="bad">{toFault(schedules.error).message}</Notice>
      </Show>
      <Switch>
        <Match when={schedules.data?.items.length === 0}>
          <NoSchedules />
        </Match>
        <Match when={schedules.data}>
          {(page) => (
            <>
              <WeekCalendar schedules={page().items} cut={page().next !== null} />
              <h2 class="text-lg font-semibold" id="all-schedules">
                All schedules
              </h2>
              <ul aria-labelledby="all-schedules" class="overflow-hidden rounded-lg border border-line bg-card">
                <For each={page().items}>{(schedule) => <ScheduleCard schedule={schedule} />}</For>
              </ul>
              <Show when={page().next}>
                <p class="text-center text-sm text-quiet">
                  There are more. The rest are listed by <code>npx waybill schedules list</code>.
                </p>
              </Show>
            </>
          )}
        </Match>
        <Match when={!schedules.error}>
          <p class="py-16 text-center text-quiet">Reading the schedules…</p>
        </Match>
      </Switch>
      <Show when={schedules.data?.items.length || search().schedule}>
        <PlannedAndPast schedule={search().schedule} name={find(search().schedule)?.name} />
      </Show>
    </div>
  );
}

function Saved(props: { schedule: Schedule }) {
  return (
    <Notice>
      {props.schedule.name} is saved.{" "}
      {props.schedule.nextAt
        ? `Its next time is ${formatTime(props.schedule.nextAt)}.`
        : "Nothing is planned any more."}
    </Notice>
  );
}

import { Link } from "@tanstack/solid-router";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createMemo, Index, Show } from "solid-js";
import type { Schedule } from "../data/schedules.ts";
import { formatDay, formatTimeOfDay } from "../ui/format.ts";
import { createNow } from "../ui/now.ts";
import { type WeekDay, type WeekEntry, weekOf } from "./week.model.ts";

const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the schedules plan for the coming week, by the viewer's days: side by side where there is room, else one after the other. */
export function WeekCalendar(props: {
  schedules: Schedule[];
  /** Whether there are more than these. */
  cut: boolean;
}) {
  const now = createNow();
  // The week is made anew twice a minute; its links stay, and the focus of whoever stands on one of them.
  const week = createMemo(() => weekOf(props.schedules, now(), viewerZone));
  return (
    <section aria-labelledby="week-title" class="grid gap-2">
      <div class="flex flex-wrap items-baseline gap-x-3">
        <h2 id="week-title" class="text-lg font-semibold">
          The coming week
        </h2>
        <p class="text-sm text-quiet">
          in your time zone, {viewerZone}
          <Show when={props.cut}>; there are more schedules, of which nothing stands here</Show>
        </p>
      </div>
      <div class="grid overflow-hidden rounded-lg border border-line bg-card lg:grid-cols-7">
        <Index each={week()}>{(day, index) => <Day day={day()} today={index === 0} />}</Index>
      </div>
    </section>
  );
}

function Day(props: { day: WeekDay; today: boolean }) {
  const id = () => `day-${props.day.day}`;
  const some = () => props.day.entries.length > 0;
  return (
    <section
      aria-labelledby={id()}
      class="min-w-0 border-b border-line p-2 last:border-0 max-lg:flex max-lg:flex-wrap max-lg:gap-x-3 lg:border-r lg:border-b-0"
    >
      <h3 id={id()} class="text-sm font-medium max-lg:w-36" classList={{ "text-accent": props.today }}>
        {props.today ? "Today, " : ""}
        {formatDay(props.day.day)}
      </h3>
      <Show when={some()} fallback={<p class="text-sm text-quiet">nothing planned</p>}>
        <ul class="grid min-w-0 gap-1.5 max-lg:w-full max-lg:pt-1 lg:mt-2">
          <Index each={props.day.entries}>{(entry) => <Entry entry={entry()} />}</Index>
        </ul>
      </Show>
    </section>
  );
}

const stateWords = { planned: null, paused: "Paused", deleted: "Scheduled but Deleted" } as const;

function Entry(props: { entry: WeekEntry }) {
  const entry = () => props.entry;
  return (
    <li
      class="min-w-0 border-l-2 pl-2 text-sm"
      classList={{
        "border-accent": entry().state === "planned",
        "border-line text-quiet": entry().state !== "planned",
      }}
    >
      <Link
        to="/schedules/$schedule"
        params={{ schedule: entry().schedule.id }}
        class="flex flex-wrap gap-x-1.5 hover:underline"
      >
        <span class="tabular-nums">{formatTimeOfDay(entry().at)}</span>
        <span class="min-w-0 font-medium wrap-anywhere" dir="auto">
          {entry().schedule.name}
        </span>
      </Link>
      <Show when={entry().often}>
        <p class="text-quiet wrap-anywhere">{entry().often}</p>
      </Show>
      <Show when={stateWords[entry().state]}>
        <p>{stateWords[entry().state]}</p>
      </Show>
      <Show when={entry().moved}>
        <p class="flex items-start gap-1 text-warn">
          <TriangleAlert size={14} aria-hidden="true" class="mt-0.5 shrink-0" />
          {entry().moved}
        </p>
      </Show>
    </li>
  );
}

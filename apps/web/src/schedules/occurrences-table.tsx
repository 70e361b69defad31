import { Link } from "@tanstack/solid-router";
import { describeMilliseconds } from "@waybill/core/run/describe-run";
import { occurrenceStateLabels } from "@waybill/core/schedule/occurrence-state";
import CircleSlash from "lucide-solid/icons/circle-slash";
import Hourglass from "lucide-solid/icons/hourglass";
import { For, Match, Show, Switch } from "solid-js";
import type { Occurrence, PlannedState } from "../data/schedules.ts";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { StatusLook } from "../ui/status-look.tsx";
import { PausedBy } from "./paused-by.tsx";
import { PlannedBadge } from "./planned-badge.tsx";
import { SkipOccurrence } from "./skip-occurrence.tsx";

/**
 * What is planned and what became of it: each has its run, or the reason why there is none; `old` while those
 * of what was asked for before stand in it, of which none may be skipped by mistake.
 */
export function OccurrencesTable(props: { occurrences: Occurrence[]; old: boolean }) {
  return (
    <div
      class="overflow-hidden rounded-lg border border-line bg-card"
      classList={{ "opacity-60": props.old }}
      aria-busy={props.old}
      inert={props.old}
    >
      <table class="w-full max-md:block" aria-label="Planned and past">
        <thead class="text-left text-sm text-quiet max-md:sr-only">
          <tr class="border-b border-line">
            <th class="px-3 py-2 font-medium">At</th>
            <th class="px-3 py-2 font-medium">Schedule</th>
            <th class="px-3 py-2 font-medium">Status</th>
            <th class="px-3 py-2 font-medium">Run, or why there is none</th>
          </tr>
        </thead>
        <tbody class="max-md:block">
          <For each={props.occurrences}>{(occurrence) => <OccurrenceRow occurrence={occurrence} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function OccurrenceRow(props: { occurrence: Occurrence }) {
  const one = () => props.occurrence;
  return (
    <tr
      class="border-b border-line last:border-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:px-3 max-md:py-1.5 max-md:text-sm"
      classList={{ "text-quiet": one().state === "scheduled_but_deleted" }}
    >
      <td class="px-3 py-2 whitespace-nowrap tabular-nums max-md:p-0" title={formatExactTime(one().at)}>
        {formatTime(one().at)}
      </td>
      <td class="px-3 py-2 wrap-anywhere max-md:order-1 max-md:p-0" dir="auto">
        {one().schedule.name}
      </td>
      <td class="px-3 py-2 max-md:ml-auto max-md:p-0">
        <State occurrence={one()} />
      </td>
      <td class="px-3 py-2 text-sm wrap-anywhere max-md:order-1 max-md:min-w-40 max-md:flex-1 max-md:p-0">
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Show when={one().paused}>{(paused) => <PausedBy paused={paused()} />}</Show>
          <Show when={one().run} fallback={one().note?.message}>
            {(run) => (
              <Switch>
                <Match when={run().kind === "run"}>
                  <Link to="/runs/$run" params={{ run: run().id }} class="text-accent hover:underline" dir="auto">
                    {run().name}
                  </Link>
                </Match>
                <Match when={run().kind === "set_run"}>
                  <Link to="/set-runs/$id" params={{ id: run().id }} class="text-accent hover:underline" dir="auto">
                    {run().name}
                  </Link>
                </Match>
              </Switch>
            )}
          </Show>
          <Late milliseconds={one().lateMilliseconds} />
          <Show when={plannedState(one())}>
            <SkipOccurrence schedule={one().schedule} at={one().at} />
          </Show>
        </div>
      </td>
    </tr>
  );
}

const toldMilliseconds = 1_000;

/** Only what is late by more than anybody expects is told. */
function Late(props: { milliseconds: number | null }) {
  return (
    <Show when={props.milliseconds !== null && props.milliseconds > toldMilliseconds && props.milliseconds}>
      {(milliseconds) => <span class="text-quiet"> {describeMilliseconds(milliseconds())} late</span>}
    </Show>
  );
}

/** How an occurrence stands that is still to come. */
function plannedState({ state }: Occurrence): PlannedState | undefined {
  return state === "scheduled" || state === "scheduled_but_deleted" ? state : undefined;
}

function State(props: { occurrence: Occurrence }) {
  const state = () => props.occurrence.state;
  const status = () => {
    const now = state();
    if (now === "started") return props.occurrence.run?.status;
    return now === "failed" ? now : undefined;
  };
  return (
    <Switch>
      <Match when={plannedState(props.occurrence)}>
        {(known) => <PlannedBadge state={known()} paused={props.occurrence.paused} />}
      </Match>
      <Match when={status()}>{(known) => <StatusBadge status={known()} />}</Match>
      <Match when={state() === "waiting"}>
        <StatusLook status="waiting" icon={Hourglass} class="text-quiet" words={occurrenceStateLabels.waiting} />
      </Match>
      <Match when={true}>
        <StatusLook
          status="not_started"
          icon={CircleSlash}
          class="text-quiet"
          words={occurrenceStateLabels.not_started}
        />
      </Match>
    </Switch>
  );
}

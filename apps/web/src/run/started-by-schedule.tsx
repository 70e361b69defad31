import { Link } from "@tanstack/solid-router";
import { Show } from "solid-js";
import type { RunSummary } from "../data/runs.ts";
import { DetailRow } from "../ui/detail-row.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";

/** The schedule that started a run or a set run, and for when; nothing where none did. */
export function StartedBySchedule(props: { schedule: RunSummary["schedule"] }) {
  return (
    <Show when={props.schedule}>
      {(schedule) => (
        <DetailRow name="Schedule">
          <Link to="/schedules/$schedule" params={{ schedule: schedule().id }} class="text-accent hover:underline">
            {schedule().name}
          </Link>{" "}
          <span class="text-quiet" title={formatExactTime(schedule().at)}>
            for {formatTime(schedule().at)}
          </span>
        </DetailRow>
      )}
    </Show>
  );
}

import CirclePause from "lucide-solid/icons/circle-pause";
import { Show } from "solid-js";
import type { PlannedRun, PlannedState } from "../data/schedules.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { StatusLook } from "../ui/status-look.tsx";

/** How a run stands that is to come: while its schedule is paused it will not start. */
export function PlannedBadge(props: { state: PlannedState; paused: PlannedRun["paused"] }) {
  return (
    <Show when={props.paused && props.state === "scheduled"} fallback={<StatusBadge status={props.state} />}>
      <StatusLook status="paused" icon={CirclePause} class="text-warn" words="Paused" />
    </Show>
  );
}

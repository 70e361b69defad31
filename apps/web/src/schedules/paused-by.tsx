import type { Schedule } from "../data/schedules.ts";
import { formatTime } from "../ui/format.ts";

/** Who paused a schedule, when and why. */
export function PausedBy(props: { paused: NonNullable<Schedule["paused"]> }) {
  return (
    <span class="text-warn wrap-anywhere">
      Paused by {props.paused.by}, {formatTime(props.paused.at)}. {props.paused.note}
    </span>
  );
}

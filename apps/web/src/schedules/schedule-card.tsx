import { Link } from "@tanstack/solid-router";
import { Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type Schedule, useResumeSchedule } from "../data/schedules.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { DeleteSchedule } from "./delete-schedule.tsx";
import { PauseSchedule } from "./pause-schedule.tsx";
import { PausedBy } from "./paused-by.tsx";
import { SkipOccurrence } from "./skip-occurrence.tsx";

/** A schedule: what it runs and when, its next occurrence, and what can be done with it. */
export function ScheduleCard(props: { schedule: Schedule }) {
  const resume = useResumeSchedule();
  const schedule = () => props.schedule;
  return (
    <li class="grid gap-2 border-b border-line p-3 last:border-0">
      <div class="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div class="mr-auto min-w-0" classList={{ "text-quiet": schedule().target.deleted }}>
          <h3 class="font-medium wrap-anywhere" dir="auto">
            {schedule().name}
          </h3>
          <p class="text-sm text-quiet wrap-anywhere">
            {schedule().target.name}
            <Show when={schedule().target.deleted}> (deleted: what is planned will fail)</Show>
          </p>
          <p class="text-sm wrap-anywhere">{schedule().sentence}</p>
          <p class="text-sm" title={formatExactTime(schedule().nextAt)}>
            <Show when={schedule().paused} fallback={<Next at={schedule().nextAt} />}>
              {(paused) => <PausedBy paused={paused()} />}
            </Show>
          </p>
          <Link
            to="/schedules"
            search={{ schedule: schedule().id }}
            hash="planned-and-past"
            aria-label={`Planned and past of ${schedule().name}`}
            class="text-sm text-accent hover:underline"
          >
            Planned and past
          </Link>
        </div>
        <div class="flex flex-wrap gap-2">
          <Link
            to="/schedules/$schedule"
            params={{ schedule: schedule().id }}
            class={buttonClass()}
            aria-label={`Edit ${schedule().name}`}
          >
            Edit
          </Link>
          <Show when={schedule().paused} fallback={<PauseSchedule schedule={schedule()} />}>
            <Button onClick={() => resume.mutate(schedule().id)}>Resume</Button>
          </Show>
          <Show when={schedule().nextAt}>{(at) => <SkipOccurrence schedule={schedule()} at={at()} />}</Show>
          <DeleteSchedule schedule={schedule()} words="Delete…" />
        </div>
      </div>
      <Show when={resume.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
    </li>
  );
}

function Next(props: { at: string | null }) {
  return (
    <Show when={props.at} fallback={<span class="text-quiet">Over: nothing is planned any more</span>}>
      Next: {formatTime(props.at)}
    </Show>
  );
}

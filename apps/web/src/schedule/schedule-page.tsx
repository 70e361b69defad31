import { useNavigate, useParams, useSearch } from "@tanstack/solid-router";
import { Match, Show, Switch } from "solid-js";
import { unwrap } from "solid-js/store";
import { type Schedule, useSchedule } from "../data/schedules.ts";
import { NotShown } from "../ui/not-shown.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { createScheduleEditor, viewerZone } from "./schedule-editor.ts";
import { emptySchedule, toScheduleForm } from "./schedule-form.model.ts";
import { ScheduleForm } from "./schedule-form.tsx";

/** A schedule that is not there yet is written. The address may say what it is to run. */
export function NewSchedulePage() {
  const search = useSearch({ from: "/schedules/new" });
  const showSaved = useShowSaved();
  usePageTitle(() => "New schedule");
  const editor = createScheduleEditor(emptySchedule(search(), viewerZone, new Date()), null);
  return <ScheduleForm editor={editor} id={null} onSaved={showSaved} />;
}

/** A schedule is read and changed. */
export function SchedulePage() {
  const params = useParams({ from: "/schedules/$schedule" });
  const schedule = useSchedule(() => params().schedule);
  usePageTitle(() => schedule.data?.name ?? "Schedule");
  return (
    <Switch fallback={<p class="py-16 text-center text-quiet">Reading the schedule…</p>}>
      <Match when={schedule.data}>
        {(read) => (
          <Show when={read().id} keyed>
            <OpenSchedule schedule={read()} />
          </Show>
        )}
      </Match>
      <Match when={schedule.error}>
        <NotShown
          title="This schedule cannot be shown"
          why={schedule.error}
          to="/schedules"
          words="Go to the schedules"
        />
      </Match>
    </Switch>
  );
}

/** The schedule as it was when it was opened: what others do with it meanwhile does not change what is being written. */
function OpenSchedule(props: { schedule: Schedule }) {
  const showSaved = useShowSaved();
  const opened = structuredClone(unwrap(props.schedule));
  const editor = createScheduleEditor(toScheduleForm(opened, new Date()), opened);
  return <ScheduleForm editor={editor} id={opened.id} onSaved={showSaved} />;
}

function useShowSaved() {
  const navigate = useNavigate();
  return ({ id }: Schedule) => navigate({ to: "/schedules", search: { saved: id } });
}

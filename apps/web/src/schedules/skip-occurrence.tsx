import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type PlannedRun, useSkipOccurrence } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";

/** Leaves out what a schedule has planned next, once that is confirmed. */
export function SkipOccurrence(props: Pick<PlannedRun, "schedule" | "at">) {
  const skip = useSkipOccurrence();
  // The row may come to show another one while the question is open.
  const [asked, setAsked] = createSignal({ open: false, id: "", name: "", at: "" });
  return (
    <>
      <Button
        disabled={skip.isPending}
        onClick={() => setAsked({ open: true, id: props.schedule.id, name: props.schedule.name, at: props.at })}
      >
        Skip…
      </Button>
      <Show when={skip.error}>
        <Notice look="bad">{toFault(skip.error).message}</Notice>
      </Show>
      <Confirm
        open={asked().open}
        onClose={() => setAsked({ ...asked(), open: false })}
        title={`Skip the run of ${asked().name}?`}
        text={`Only the one at ${formatTime(asked().at || null)} is left out. Those after it stay as they are planned.`}
        onYes={() => skip.mutate({ schedule: asked().id, at: asked().at })}
      />
    </>
  );
}

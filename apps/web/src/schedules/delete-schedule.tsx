import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useDeleteSchedule } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Notice } from "../ui/notice.tsx";

/** Takes a schedule away, once that is confirmed. */
export function DeleteSchedule(props: { schedule: { id: string; name: string }; words: string }) {
  const remove = useDeleteSchedule();
  const [asked, setAsked] = createSignal(false);
  return (
    <>
      <Button disabled={remove.isPending} onClick={() => setAsked(true)}>
        {props.words}
      </Button>
      <Show when={remove.error}>
        <Notice look="bad">{toFault(remove.error).message}</Notice>
      </Show>
      <Confirm
        open={asked()}
        onClose={() => setAsked(false)}
        title={`Delete the schedule ${props.schedule.name}?`}
        text="What it has planned goes with it, and what it knows of the past. Its runs stay."
        look="danger"
        onYes={() => remove.mutate(props.schedule.id)}
      />
    </>
  );
}

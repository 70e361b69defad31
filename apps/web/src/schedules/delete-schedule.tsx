import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useDeleteSchedule } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Notice } from "../ui/notice.tsx";

/** Takes a schedule away, once that is confirmed. */
export function DeleteSchedule(props: { schedule: { id: string; name: string }; words: string }) {
  const remove = useDeleteSchedule();
  // The row may come to show another schedule while the question is open.
  const [asked, setAsked] = createSignal({ open: false, id: "", name: "" });
  const close = () => setAsked({ ...asked(), open: false });
  return (
    <>
      <Button disabled={remove.isPending} onClick={() => setAsked({ ...props.schedule, open: true })}>
        {props.words}
      </Button>
      <Show when={remove.error}>
        <Notice look="bad">{toFault(remove.error).message}</Notice>
      </Show>
      <Confirm
        open={asked().open}
        onClose={close}
        title={`Delete the schedule ${asked().name}?`}
        text="What it has planned goes with it, what it knows of the past, and the notification rules about it. Its runs stay."
        look="danger"
        onYes={() => remove.mutate(asked().id)}
      />
    </>
  );
}

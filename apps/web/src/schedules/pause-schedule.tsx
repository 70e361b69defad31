import { limits } from "@waybill/core/limits";
import { createSignal } from "solid-js";
import { toFault } from "../data/api.ts";
import { usePauseSchedule } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { InputField } from "../ui/input-field.tsx";

/** Keeps a schedule from starting anything, once somebody has had the occasion to say why. */
export function PauseSchedule(props: { schedule: { id: string; name: string } }) {
  const pause = usePauseSchedule();
  // The row may come to show another schedule while the dialog is open.
  const [asked, setAsked] = createSignal({ open: false, id: "", name: "" });
  const [note, setNote] = createSignal("");
  const close = () => setAsked({ ...asked(), open: false });
  const ask = () => {
    setNote("");
    pause.reset();
    setAsked({ ...props.schedule, open: true });
  };
  return (
    <>
      <Button onClick={ask}>Pause…</Button>
      <FormDialog
        open={asked().open}
        onClose={close}
        title={`Pause the schedule ${asked().name}?`}
        action="Pause"
        onAction={() => pause.mutate({ schedule: asked().id, note: note() }, { onSuccess: close })}
        pending={pause.isPending}
        fault={pause.error ? toFault(pause.error).message : undefined}
      >
        <InputField
          id="pause-note"
          label="Why"
          help="May be left empty. Whoever looks at the schedule reads it until it is resumed."
          maxlength={limits.scheduleNoteCharactersMax}
          value={note()}
          onInput={setNote}
        />
      </FormDialog>
    </>
  );
}

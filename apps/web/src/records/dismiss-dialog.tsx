import { limits } from "@waybill/core/limits";
import { createSignal } from "solid-js";
import { toFault } from "../data/api.ts";
import { type Selection, useDismissRecords } from "../data/records.ts";
import { Field, inputClass } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { countRecords } from "./count-words.model.ts";

/** Puts records aside, once somebody has said why. */
export function DismissDialog(props: {
  open: boolean;
  onClose: () => void;
  of: () => Selection;
  count: number;
  onDone: () => void;
}) {
  const dismiss = useDismissRecords();
  const [reason, setReason] = createSignal("");
  const act = () =>
    dismiss.mutate(
      { of: props.of(), reason: reason() },
      {
        onSuccess: () => {
          setReason("");
          props.onClose();
          props.onDone();
        },
      },
    );
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={`Dismiss ${countRecords(props.count)}?`}
      action="Dismiss"
      onAction={act}
      pending={dismiss.isPending}
      disabled={reason().trim() === ""}
      fault={dismiss.error ? toFault(dismiss.error).message : undefined}
    >
      <Field
        id="dismiss-reason"
        label="Why"
        required
        help="It stands in the history of each record. They can be reopened."
      >
        <textarea
          id="dismiss-reason"
          class={inputClass}
          rows={3}
          maxlength={limits.reasonCharactersMax}
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}

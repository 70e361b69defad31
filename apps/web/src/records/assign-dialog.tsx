import { limits } from "@waybill/core/limits";
import { createSignal } from "solid-js";
import { toFault } from "../data/api.ts";
import { type Selection, useAssignRecords } from "../data/records.ts";
import { Field, inputClass } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { countRecords } from "./count-words.model.ts";

/** Asks who is to look after records. */
export function AssignDialog(props: {
  open: boolean;
  onClose: () => void;
  of: () => Selection;
  count: number;
  onDone: () => void;
}) {
  const assign = useAssignRecords();
  const [to, setTo] = createSignal("");
  const act = () =>
    assign.mutate(
      { of: props.of(), to: to().trim() || null },
      {
        onSuccess: () => {
          props.onClose();
          props.onDone();
        },
      },
    );
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={`Assign ${countRecords(props.count)}`}
      action={to().trim() === "" ? "Leave to nobody" : "Assign"}
      onAction={act}
      pending={assign.isPending}
      fault={assign.error ? toFault(assign.error).message : undefined}
    >
      <Field id="assignee" label="Who looks after them" help="Empty leaves them open to all.">
        <input
          id="assignee"
          class={inputClass}
          maxlength={limits.assigneeCharactersMax}
          value={to()}
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}

import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type Resubmission, type Selection, useResubmitRecords } from "../data/records.ts";
import { Field, inputClass } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { formatNumber } from "../ui/format.ts";
import { countRecords } from "./count-words.model.ts";

const definitions = { current: "The current one", original: "That of the run they came from" } as const;

/** Asks by which definition records are sent again, and whether those with issues go too. */
export function ResubmitDialog(props: {
  open: boolean;
  onClose: () => void;
  of: (withIssues: boolean) => Selection;
  ready: number;
  withIssues: number;
  onDone: (made: Resubmission) => void;
}) {
  const resubmit = useResubmitRecords();
  const [also, setAlso] = createSignal(false);
  const [definition, setDefinition] = createSignal<keyof typeof definitions>("current");
  const withIssues = () => also() && props.withIssues > 0;
  const count = () => props.ready + (withIssues() ? props.withIssues : 0);
  const act = () =>
    resubmit.mutate(
      { of: props.of(withIssues()), withIssues: withIssues(), definition: definition() },
      {
        onSuccess: (made) => {
          setAlso(false);
          props.onClose();
          props.onDone(made);
        },
      },
    );
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={count() === 0 ? "Resubmit" : `Resubmit ${countRecords(count())}`}
      action={count() === 0 ? "Resubmit" : `Resubmit ${formatNumber(count())}`}
      onAction={act}
      pending={resubmit.isPending}
      disabled={count() === 0}
      fault={resubmit.error ? toFault(resubmit.error).message : undefined}
    >
      <p class="text-quiet">
        They run again alone, with the parameters and attachments that they came with. What is accepted is resolved; the
        rest is open again.
      </p>
      <Show when={props.withIssues > 0}>
        <label class="flex items-start gap-2">
          <input
            type="checkbox"
            class="mt-1 size-4 accent-accent"
            checked={also()}
            onChange={(event) => setAlso(event.currentTarget.checked)}
          />
          <span>
            Also the {countRecords(props.withIssues)} that still {props.withIssues === 1 ? "has" : "have"} issues
          </span>
        </label>
      </Show>
      <Field id="by-definition" label="By which definition">
        <select
          id="by-definition"
          class={inputClass}
          onChange={(event) => setDefinition(event.currentTarget.value === "original" ? "original" : "current")}
        >
          <option value="current">{definitions.current}</option>
          <option value="original" selected={definition() === "original"}>
            {definitions.original}
          </option>
        </select>
      </Field>
    </FormDialog>
  );
}

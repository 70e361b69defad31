import { createMemo, For, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type BulkEditOrder, useBulkEditPreview, useStartBulkEdit } from "../data/bulk-edits.ts";
import type { RecordFilter } from "../data/records.ts";
import { Button } from "../ui/button.tsx";
import { Field, inputClass } from "../ui/field.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { type ChangeForm, describeMissing, toChange } from "./change-form.model.ts";
import { ChangeInput } from "./change-input.tsx";
import { ChangePreview } from "./change-preview.tsx";
import { wouldChange } from "./preview.model.ts";
import { createSettled } from "./settled.ts";

const typingPauseMilliseconds = 250;

/** Asks what is to be done to which column, and shows what that would do while it is typed. */
export function BulkEditForm(props: {
  filter: RecordFilter;
  columns: readonly string[];
  column: string;
  onColumn: (column: string) => void;
  form: ChangeForm;
  onForm: (change: Partial<ChangeForm>) => void;
  onStarted: (bulkEdit: string) => void;
  onClose: () => void;
}) {
  const order = createMemo<BulkEditOrder | null>(() => {
    const change = toChange(props.form, props.column);
    return change && { filter: props.filter, change };
  });
  const settled = createSettled(order, typingPauseMilliseconds);
  const preview = useBulkEditPreview(() => settled() ?? null);
  const start = useStartBulkEdit();
  const current = () => order() !== null && settled() === order() && preview.current;
  const seen = () => (current() ? preview.data : undefined);
  const fault = () => (current() && preview.error ? toFault(preview.error) : undefined);
  const patternFault = () => (fault()?.code === "pattern_invalid" ? fault()?.message : undefined);
  const missing = () => {
    if (patternFault()) return "Correct the pattern.";
    return order() === null ? describeMissing(props.form, props.column) : undefined;
  };
  const applicable = () => {
    const shown = seen();
    return shown !== undefined && !fault() && wouldChange(shown) && !start.isPending;
  };
  const apply = () => {
    const asked = order();
    if (asked && applicable()) start.mutate(asked, { onSuccess: ({ id }) => props.onStarted(id) });
  };
  const action = () => {
    const shown = seen();
    if (!shown || shown.lookedAt < shown.matched || shown.changed === 0) return "Change all";
    return shown.changed === 1 ? "Change 1 record" : `Change ${formatNumber(shown.changed)} records`;
  };
  return (
    <form
      class="mt-3 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Field id="bulk-column" label="Column">
        <select id="bulk-column" class={inputClass} onChange={(event) => props.onColumn(event.currentTarget.value)}>
          <option value="" selected={props.column === ""} disabled>
            Choose a column
          </option>
          <For each={props.columns}>
            {(name) => (
              <option value={name} selected={props.column === name}>
                {name}
              </option>
            )}
          </For>
        </select>
      </Field>
      <ChangeInput form={props.form} onForm={props.onForm} patternFault={patternFault()} />
      <ChangePreview missing={missing()} preview={preview.data} current={current()} fault={fault()?.message} />
      <Show when={start.error}>
        <Notice look="bad">{toFault(start.error).message}</Notice>
      </Show>
      <div class="flex flex-wrap justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!applicable()}>
          {action()}
        </Button>
      </div>
    </form>
  );
}

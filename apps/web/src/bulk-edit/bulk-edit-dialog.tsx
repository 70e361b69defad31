import { createEffect, createSignal, on, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { useBulkColumns } from "../data/bulk-edits.ts";
import type { RecordFilter } from "../data/records.ts";
import { Modal } from "../ui/modal.tsx";
import { BulkEditForm } from "./bulk-edit-form.tsx";
import { BulkEditProgress } from "./bulk-edit-progress.tsx";
import { type ChangeForm, emptyForm } from "./change-form.model.ts";

/**
 * Changes one column of all open records of a filter, once somebody has seen what that would do. `column` is the one that
 * is chosen at first. Closing it stops nothing and keeps what is filled in.
 */
export function BulkEditDialog(props: {
  open: boolean;
  onClose: () => void;
  filter: RecordFilter;
  column?: string | undefined;
}) {
  const [form, setForm] = createStore<ChangeForm>({ ...emptyForm });
  const [chosen, setChosen] = createSignal<string>();
  const [started, setStarted] = createSignal<string>();
  createEffect(on([() => props.column], () => setChosen(undefined), { defer: true }));
  const known = useBulkColumns(() => (props.open ? props.filter : undefined));
  const columns = () => known.data?.columns ?? [];
  const column = () => [chosen(), props.column].find((name) => name && columns().includes(name)) ?? "";
  const close = () => {
    setStarted(undefined);
    props.onClose();
  };
  return (
    <Modal open={props.open} onClose={close} title="Change all records that fit">
      <Show
        when={started()}
        fallback={
          <BulkEditForm
            filter={props.filter}
            columns={columns()}
            column={column()}
            onColumn={setChosen}
            form={form}
            onForm={setForm}
            onClose={close}
            onStarted={(bulkEdit) => {
              setForm({ ...emptyForm });
              setStarted(bulkEdit);
            }}
          />
        }
      >
        {(bulkEdit) => (
          <BulkEditProgress
            bulkEdit={bulkEdit()}
            onUndone={setStarted}
            onAgain={() => setStarted(undefined)}
            onClose={close}
          />
        )}
      </Show>
    </Modal>
  );
}

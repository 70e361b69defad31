import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type BulkEdit, useStopBulkEdit, useUndoBulkEdit } from "../data/bulk-edits.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { formatExactTime, formatNumber, formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { describeBulkEdit, describeCounts, isUndoable, shareOf } from "./bulk-edit.model.ts";
import { BulkEditStatus } from "./bulk-edit-status.tsx";

/** A bulk edit: what it does, how far it is, and what can be done about it. `onUndone` hears which one takes it back. */
export function BulkEditView(props: { edit: BulkEdit; onUndone?: (undo: string) => void }) {
  const stop = useStopBulkEdit();
  const undo = useUndoBulkEdit();
  const [asking, setAsking] = createSignal(false);
  let view!: HTMLDivElement;
  // The button that was pressed goes away; whoever stood on it stays here.
  const keepFocus = () => {
    const { activeElement } = document;
    if (activeElement === document.body || view.contains(activeElement)) view.focus();
  };
  const running = () => props.edit.status === "in_progress";
  const stopIt = () => !stop.isPending && stop.mutate(props.edit.id, { onSuccess: keepFocus });
  const undoIt = () =>
    undo.mutate(props.edit.id, {
      onSuccess: ({ id }) => {
        keepFocus();
        props.onUndone?.(id);
      },
    });
  const fault = () => stop.error ?? undo.error;
  return (
    <div ref={view} tabindex="-1" class="grid gap-1.5 text-sm">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p class="min-w-0 font-medium wrap-anywhere" dir="auto">
          {describeBulkEdit(props.edit)}
        </p>
        <p role="status" class="flex flex-wrap items-center gap-x-2">
          <BulkEditStatus status={props.edit.status} />
          <Show when={props.edit.undone}>
            <span class="text-quiet">undone</span>
          </Show>
        </p>
        <Show when={running()}>
          <Button class="ml-auto" aria-disabled={stop.isPending} onClick={stopIt}>
            {stop.isPending ? "Stopping…" : "Stop"}
          </Button>
        </Show>
        <Show when={isUndoable(props.edit)}>
          <Button class="ml-auto" aria-disabled={undo.isPending} onClick={() => !undo.isPending && setAsking(true)}>
            Undo…
          </Button>
        </Show>
      </div>
      <Show when={running()}>
        <progress max="100" value={shareOf(props.edit.counts)} aria-label={describeBulkEdit(props.edit)} />
      </Show>
      <p class="text-quiet tabular-nums">
        {describeCounts(props.edit)} · {props.edit.by},{" "}
        <time datetime={props.edit.createdAt} title={formatExactTime(props.edit.createdAt)}>
          {formatTime(props.edit.createdAt)}
        </time>
      </p>
      <Show when={props.edit.failure}>{(failure) => <Notice look="bad">{failure().message}</Notice>}</Show>
      <Show when={fault()}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <Confirm
        open={asking()}
        onClose={() => setAsking(false)}
        title="Undo this bulk edit?"
        text={`${countValues(props.edit.counts.changed)} what they were. A value that somebody has changed since stays, and so does a record that is not open any more.`}
        onYes={undoIt}
      />
    </div>
  );
}

function countValues(count: number): string {
  return count === 1 ? "1 value becomes" : `${formatNumber(count)} values become`;
}

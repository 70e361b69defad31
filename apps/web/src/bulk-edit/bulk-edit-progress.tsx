import { onMount, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useBulkEdit } from "../data/bulk-edits.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { BulkEditView } from "./bulk-edit-view.tsx";

/** Follows a bulk edit to its end. Closing stops nothing. */
export function BulkEditProgress(props: {
  bulkEdit: string;
  onUndone: (undo: string) => void;
  onAgain: () => void;
  onClose: () => void;
}) {
  const edit = useBulkEdit(() => props.bulkEdit);
  let panel!: HTMLDivElement;
  onMount(() => panel.focus());
  return (
    <div ref={panel} tabindex="-1" class="mt-3 grid gap-4">
      <Show
        when={edit.data}
        fallback={
          <Show when={edit.error} fallback={<p class="text-quiet">Reading how far it is…</p>}>
            <Notice look="bad">{toFault(edit.error).message}</Notice>
          </Show>
        }
      >
        {(known) => (
          <>
            <BulkEditView edit={known()} onUndone={props.onUndone} />
            <Show when={known().status === "in_progress"}>
              <p class="text-sm text-quiet">You may close this: the bulk edit goes on.</p>
            </Show>
          </>
        )}
      </Show>
      <div class="flex flex-wrap justify-end gap-2">
        <Button onClick={() => props.onAgain()}>Change something else</Button>
        <Button look="primary" onClick={() => props.onClose()}>
          Close
        </Button>
      </div>
    </div>
  );
}

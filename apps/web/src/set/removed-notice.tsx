import { createEffect, on, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Removed, SetEditor } from "./set-editor.ts";

/** Says what was taken out last, and puts it back. The focus comes here, as what had it is gone. */
export function RemovedNotice(props: { editor: SetEditor }) {
  let undo: HTMLButtonElement | undefined;
  const putBack = (removed: Removed) => {
    removed.putBack();
    document.getElementById(removed.input)?.focus();
  };
  createEffect(on(props.editor.removed, (removed) => removed && undo?.focus(), { defer: true }));
  return (
    <div role="status">
      <Show when={props.editor.removed()}>
        {(removed) => (
          <Notice>
            <span class="flex flex-wrap items-center gap-3">
              {removed().words}
              <Button ref={undo} onClick={() => putBack(removed())}>
                Put it back
              </Button>
            </span>
          </Notice>
        )}
      </Show>
    </div>
  );
}

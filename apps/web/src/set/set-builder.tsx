import { useBlocker } from "@tanstack/solid-router";
import { Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { createSave } from "./create-save.ts";
import { RemovedNotice } from "./removed-notice.tsx";
import { SetActions } from "./set-actions.tsx";
import { SetDetails } from "./set-details.tsx";
import type { SetEditor } from "./set-editor.ts";
import { otherFaults } from "./set-faults.model.ts";
import { whyNotSaved } from "./set-form.model.ts";
import { SetParameters } from "./set-parameters.tsx";
import { StepList } from "./step-list.tsx";

/** A set is written: what it is, what it asks for, and its steps in their order. */
export function SetBuilder(props: { editor: SetEditor; deleted?: boolean; onSaved?: (key: string) => void }) {
  const editor = props.editor;
  const { save, saving, saved } = createSave(editor, (key) => props.onSaved?.(key));
  let element!: HTMLFormElement;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      editor.unsaved() && current.pathname !== next.pathname && !window.confirm(leaving),
    enableBeforeUnload: editor.unsaved,
  });
  const why = () => whyNotSaved(editor.form);
  const faults = () => otherFaults(editor.faults(), null, hasInput);
  const standing = () => {
    if (saving()) return "Saving…";
    if (editor.faults().length > 0) return "Not saved. What is wrong is said above.";
    return editor.unsaved() ? "Not saved yet." : saved();
  };
  const submit = async () => {
    await save();
    if (editor.faults().length > 0) element.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  };
  return (
    <form
      ref={element}
      aria-label="Set"
      // What gets the focus is not to come to stand beneath the bar.
      class="grid grid-cols-[minmax(0,1fr)] gap-4 **:scroll-mb-24"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <header class="flex flex-wrap items-start gap-3">
        <div class="mr-auto min-w-0">
          <h1 class="text-xl font-semibold wrap-anywhere" dir="auto">
            {editor.form.name || "New set"}
          </h1>
          <Show when={editor.version()}>
            {(version) => (
              <p class="text-quiet wrap-anywhere">
                {editor.form.key}, version {version()}
              </p>
            )}
          </Show>
        </div>
        <SetActions editor={editor} deleted={props.deleted ?? false} />
      </header>
      <div class="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div class="grid min-w-0 gap-4">
          <SetDetails editor={editor} />
          <SetParameters editor={editor} />
        </div>
        <StepList editor={editor} />
      </div>
      <Show when={faults()[0]}>
        <Notice look="bad">{faults().join("\n")}</Notice>
      </Show>
      <div class="sticky bottom-0 -mx-3 grid gap-2 border-t border-line bg-page px-3 py-3 sm:-mx-6 sm:px-6">
        <RemovedNotice editor={editor} />
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button type="submit" look="primary" aria-disabled={why() !== null || saving()} aria-describedby="save-why">
            Save set
          </Button>
          <span id="save-why" role="status" class="min-w-0 text-quiet wrap-anywhere">
            {why() ?? standing()}
          </span>
        </div>
      </div>
    </form>
  );
}

const leaving = "The set is not saved. Leave this page and lose what you changed?";
const inputs = ["name", "key", "description"];
const hasInput = (part: string) => inputs.includes(part);

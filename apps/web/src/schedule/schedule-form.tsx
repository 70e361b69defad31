import { useBlocker } from "@tanstack/solid-router";
import { limits } from "@waybill/core/limits";
import { Show } from "solid-js";
import type { Schedule } from "../data/schedules.ts";
import { keepDropsOut } from "../run-integration/keep-drops-out.ts";
import { Sending } from "../run-integration/sending.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { InputField } from "../ui/input-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { createSave } from "./create-save.ts";
import { GivenFields } from "./given-fields.tsx";
import { RuleFields } from "./rule-fields.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";
import { SchedulePreview } from "./schedule-preview.tsx";
import { TargetField } from "./target-field.tsx";
import { WhenFields } from "./when-fields.tsx";

/** A schedule is written: what it runs and with what, when, and what is done when that cannot be. */
export function ScheduleForm(props: {
  editor: ScheduleEditor;
  id: string | null;
  onSaved: (schedule: Schedule) => void;
}) {
  const editor = props.editor;
  const { save, sending } = createSave(editor, props.id, (schedule) => props.onSaved(schedule));
  let element!: HTMLFormElement;
  keepDropsOut();
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      editor.unsaved() && current.pathname !== next.pathname && !window.confirm(leaving),
    enableBeforeUnload: editor.unsaved,
  });
  const submit = async () => {
    const focused = document.activeElement;
    await save();
    const wrong = element.querySelector<HTMLElement>("[aria-invalid=true], [data-fault]");
    const hidden = wrong?.closest("details");
    if (hidden) hidden.open = true;
    if (wrong) wrong.focus();
    else if (focused instanceof HTMLElement) focused.focus();
  };
  const standing = () => {
    if (sending()) return "";
    if (editor.tried() && editor.blocked()) return "Something above needs a look first.";
    if (Object.keys(editor.told()).length > 0) return "Not saved. What is wrong is said above.";
    return editor.unsaved() ? "Not saved yet." : "";
  };
  return (
    <form
      ref={element}
      aria-label="Schedule"
      // What gets the focus is not to come to stand beneath the bar.
      class="grid grid-cols-[minmax(0,1fr)] gap-4 **:scroll-mb-24"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h1 class="text-xl font-semibold wrap-anywhere" dir="auto">
        {editor.form.name || "New schedule"}
      </h1>
      <fieldset
        // What would be typed while files are sent is neither in what is saved nor there afterwards.
        disabled={sending() !== null}
        class="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 transition-opacity disabled:opacity-60 disabled:delay-300 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_auto_auto_1fr]"
      >
        <Card class="lg:col-start-1">
          <div class="grid gap-4">
            <InputField
              id="schedule-name"
              label="Name"
              required
              fault={editor.fault("name")}
              maxLength={limits.scheduleNameCharactersMax}
              value={editor.form.name}
              onInput={editor.rename}
            />
            <TargetField editor={editor} />
          </div>
        </Card>
        <WhenFields editor={editor} />
        <div class="min-w-0 lg:col-start-2 lg:row-span-4 lg:row-start-1">
          <SchedulePreview editor={editor} />
        </div>
        <GivenFields editor={editor} />
        <RuleFields editor={editor} />
      </fieldset>
      <Show when={editor.otherFaults()}>{(fault) => <Notice look="bad">{fault()}</Notice>}</Show>
      <div class="sticky bottom-0 -mx-3 flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line bg-page px-3 py-3 sm:-mx-6 sm:px-6">
        <Button type="submit" look="primary" aria-disabled={sending() !== null} aria-describedby="save-standing">
          Save schedule
        </Button>
        <span class="min-w-0 wrap-anywhere">
          <Sending sending={sending()} />
          <span id="save-standing" role="status" class="text-quiet">
            {standing()}
          </span>
        </span>
      </div>
    </form>
  );
}

const leaving = "The schedule is not saved. Leave this page and lose what you changed?";

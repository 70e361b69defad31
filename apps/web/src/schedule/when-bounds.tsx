import { Show } from "solid-js";
import { ChoiceField } from "../ui/choice-field.tsx";
import type { RecurrenceForm } from "./recurrence-form.model.ts";
import type { ScheduleEditor } from "./schedule-editor.ts";
import { WhenInput } from "./when-input.tsx";

/** From when on it repeats, and until when, or how often. */
export function WhenBounds(props: { editor: ScheduleEditor }) {
  const { form, patchWhen, typedFault } = props.editor;
  return (
    <div class="grid items-start gap-4 sm:grid-cols-3">
      <WhenInput
        editor={props.editor}
        part="start"
        label="Starts"
        type="datetime-local"
        help={`${countedFrom[form.when.kind] ?? ""} Left empty: from now on.`.trim()}
        value={form.when.start}
        onInput={(text) => patchWhen({ start: text })}
      />
      <ChoiceField
        id="schedule-bound"
        label="Ends"
        words={boundWords}
        value={form.when.bound}
        fault={typedFault("bound")}
        onChange={(bound) => patchWhen({ bound })}
      />
      <Show when={form.when.bound === "end"}>
        <WhenInput
          editor={props.editor}
          part="end"
          label="Last at"
          type="datetime-local"
          value={form.when.end}
          onInput={(text) => patchWhen({ end: text })}
        />
      </Show>
      <Show when={form.when.bound === "times"}>
        <WhenInput
          editor={props.editor}
          part="times"
          label="Number of times"
          type="number"
          min={1}
          help="Counted from the first one after its start."
          value={form.when.times}
          onInput={(text) => patchWhen({ times: text })}
        />
      </Show>
    </div>
  );
}

const boundWords: Record<RecurrenceForm["bound"], string> = {
  none: "Never",
  end: "At a time",
  times: "After so many times",
};

const countedFrom: Partial<Record<RecurrenceForm["kind"], string>> = {
  hourly: "The first time; hours are counted from it.",
  daily: "Days are counted from it.",
  weekly: "Weeks are counted from it.",
};

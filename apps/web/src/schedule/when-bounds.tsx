import { Show } from "solid-js";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
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
        help={startHelp[form.when.kind]}
        value={form.when.start}
        onInput={(text) => patchWhen({ start: text })}
      />
      <Field id="schedule-bound" label="Ends" fault={typedFault("bound")}>
        <select
          id="schedule-bound"
          class={inputClass}
          {...inputAria("schedule-bound", typedFault("bound"))}
          onChange={(event) => patchWhen({ bound: readBound(event.currentTarget.value) })}
        >
          <option value="none" selected={form.when.bound === "none"}>
            Never
          </option>
          <option value="end" selected={form.when.bound === "end"}>
            At a time
          </option>
          <option value="times" selected={form.when.bound === "times"}>
            After so many times
          </option>
        </select>
      </Field>
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

const startHelp: Partial<Record<RecurrenceForm["kind"], string>> = {
  hourly: "The first time; hours are counted from it.",
  daily: "Days are counted from it.",
  weekly: "Weeks are counted from it.",
};

function readBound(value: string): RecurrenceForm["bound"] {
  return value === "end" || value === "times" ? value : "none";
}

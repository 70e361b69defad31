import { For } from "solid-js";
import { type ScheduleEditor, viewerZone } from "./schedule-editor.ts";
import { WhenInput } from "./when-input.tsx";

const zones = [...new Set(["UTC", viewerZone, ...Intl.supportedValuesOf("timeZone")])];

/** The zone whose clocks are meant, found by typing a part of its name. */
export function ZoneInput(props: { editor: ScheduleEditor }) {
  return (
    <>
      <WhenInput
        editor={props.editor}
        part="timeZone"
        label="Time zone"
        type="text"
        list="time-zones"
        value={props.editor.form.when.timeZone}
        onInput={(text) => props.editor.patchWhen({ timeZone: text })}
      />
      <datalist id="time-zones">
        <For each={zones}>{(zone) => <option value={zone} />}</For>
      </datalist>
    </>
  );
}

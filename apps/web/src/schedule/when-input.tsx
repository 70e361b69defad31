import { Field, inputAria, inputClass } from "../ui/field.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";

/** One input of a schedule, with what is wrong with it as it is typed. */
export function WhenInput(props: {
  editor: ScheduleEditor;
  /** The part whose faults it tells. */
  part: string;
  label: string;
  type: "text" | "time" | "datetime-local" | "number";
  value: string;
  help?: string;
  list?: string;
  min?: number;
  onInput: (value: string) => void;
}) {
  const id = () => `schedule-${props.part}`;
  const fault = () => props.editor.typedFault(props.part);
  return (
    <Field id={id()} label={props.label} help={props.help} fault={fault()}>
      <input
        id={id()}
        type={props.type}
        class={inputClass}
        {...inputAria(id(), fault())}
        autocomplete="off"
        spellcheck={false}
        list={props.list}
        min={props.min}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}

import { InputField } from "../ui/input-field.tsx";
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
    <InputField
      id={id()}
      label={props.label}
      help={props.help}
      fault={fault()}
      type={props.type}
      spellcheck={false}
      list={props.list}
      min={props.min}
      value={props.value}
      onInput={props.onInput}
    />
  );
}

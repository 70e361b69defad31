import { Field } from "../ui/field.tsx";
import { FileInput } from "./file-input.tsx";
import type { GivenFile } from "./run-form.model.ts";

/** A labelled place for a file, with its help and its fault beneath. */
export function FileField(props: {
  id: string;
  label: string;
  required: boolean;
  help: string;
  file: GivenFile | null;
  fault: string | undefined;
  onChange: (file: File | null) => void;
}) {
  return (
    <Field id={props.id} label={props.label} required={props.required} help={props.help} fault={props.fault}>
      <FileInput id={props.id} label={props.label} file={props.file} fault={props.fault} onChange={props.onChange} />
    </Field>
  );
}

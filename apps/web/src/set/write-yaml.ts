import { unwrap } from "solid-js/store";
import { type SetForm, toDefinition } from "./set-form.model.ts";

/** What is written, as YAML; what writes that is read when it is first needed. */
export async function writeYaml(form: SetForm): Promise<string> {
  const definition = toDefinition(unwrap(form));
  const { writeSet } = await import("@waybill/core/set/write-set");
  return writeSet(definition);
}

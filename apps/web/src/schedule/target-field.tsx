import { useIntegrationChoices } from "../data/integrations.ts";
import { useSets } from "../data/sets.ts";
import { Field } from "../ui/field.tsx";
import { nameWithKey } from "../ui/format.ts";
import { sayCut, TargetSelect } from "../ui/target-select.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";

/** What a schedule runs: one of the integrations or sets that there are. */
export function TargetField(props: { editor: ScheduleEditor }) {
  const integrations = useIntegrationChoices();
  const sets = useSets();
  const groups = [
    { kind: "integration", label: "Integrations", page: () => integrations.data },
    { kind: "set", label: "Sets", page: () => sets.data },
  ] as const;
  const unlisted = () => {
    const asked = props.editor.asked();
    return asked ? nameWithKey(asked.definition) : undefined;
  };
  const fault = () => props.editor.fault("target");
  return (
    <Field
      id="schedule-target"
      label="Runs"
      required
      help={sayCut(groups, "Open one of them, and press Schedule there.")}
      fault={fault()}
    >
      <TargetSelect
        id="schedule-target"
        groups={groups}
        none="Choose…"
        chosen={props.editor.form.target}
        unlisted={unlisted()}
        fault={fault()}
        onChange={props.editor.choose}
      />
    </Field>
  );
}

import { createMemo } from "solid-js";
import { useIntegrationChoices } from "../data/integrations.ts";
import type { NotificationRule } from "../data/notifications.ts";
import { useSchedules } from "../data/schedules.ts";
import { useSets } from "../data/sets.ts";
import { Field } from "../ui/field.tsx";
import { sayCut, TargetSelect } from "../ui/target-select.tsx";
import type { RuleForm } from "./rule-form.model.ts";
import { sayTarget } from "./say-target.ts";

/** What a rule is about: everything, or an integration, a set or a schedule. */
export function AboutField(props: {
  target: RuleForm["target"];
  /** What the rule was about before. */
  before: NotificationRule["target"] | undefined;
  onChange: (target: RuleForm["target"]) => void;
}) {
  const integrations = useIntegrationChoices();
  const sets = useSets();
  const schedules = useSchedules();
  const schedulePage = createMemo(() => {
    const { data } = schedules;
    return data && { items: data.items.map(({ id, name }) => ({ key: id, name })), next: data.next };
  });
  const groups = [
    { kind: "integration", label: "Integrations", page: () => integrations.data },
    { kind: "set", label: "Sets", page: () => sets.data },
    { kind: "schedule", label: "Schedules", page: schedulePage, words: ({ name }: { name: string }) => name },
  ] as const;
  const unlisted = () =>
    props.before?.key === props.target?.key ? props.before && sayTarget(props.before) : undefined;
  const help = () =>
    [
      "Runs that belong to a set run notify as that set run alone.",
      sayCut(groups, "A notification about another one is added by npx waybill notifications add."),
    ].filter(Boolean);
  return (
    <Field id="rule-target" label="About" help={help().join(" ")}>
      <TargetSelect
        id="rule-target"
        groups={groups}
        none="Everything"
        chosen={props.target}
        unlisted={unlisted()}
        onChange={props.onChange}
      />
    </Field>
  );
}

import { For, Show } from "solid-js";
import { useIntegrationChoices } from "../data/integrations.ts";
import { useSets } from "../data/sets.ts";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";
import type { Target } from "./schedule-form.model.ts";

/** What a schedule runs: one of the integrations or sets that there are. */
export function TargetField(props: { editor: ScheduleEditor }) {
  const integrations = useIntegrationChoices();
  const sets = useSets();
  const chosen = () => props.editor.form.target;
  const listed = (kind: Target["kind"]) => (kind === "set" ? sets : integrations).data?.items ?? [];
  const isListed = ({ kind, key }: Target) => listed(kind).some((item) => item.key === key);
  const isChosen = (kind: Target["kind"], key: string) => chosen()?.kind === kind && chosen()?.key === key;
  const unlisted = () => {
    const target = chosen();
    return target && !isListed(target) ? target : null;
  };
  const more = () => integrations.data?.next || sets.data?.next;
  const fault = () => props.editor.fault("target");
  return (
    <Field
      id="schedule-target"
      label="Runs"
      required
      help={more() ? "There are more than can be listed. Open one of them, and press Schedule there." : undefined}
      fault={fault()}
    >
      <select
        id="schedule-target"
        class={inputClass}
        {...inputAria("schedule-target", fault())}
        onChange={(event) => props.editor.choose(readTarget(event.currentTarget.value))}
      >
        <option value="" selected={chosen() === null}>
          Choose…
        </option>
        <Show when={unlisted()}>
          {(target) => (
            <option value={writeTarget(target())} selected>
              {target().key}
            </option>
          )}
        </Show>
        <Choices label="Integrations" kind="integration" items={listed("integration")} isChosen={isChosen} />
        <Choices label="Sets" kind="set" items={listed("set")} isChosen={isChosen} />
      </select>
    </Field>
  );
}

function Choices(props: {
  label: string;
  kind: Target["kind"];
  items: { key: string; name: string }[];
  isChosen: (kind: Target["kind"], key: string) => boolean;
}) {
  return (
    <Show when={props.items.length > 0}>
      <optgroup label={props.label}>
        <For each={props.items}>
          {({ key, name }) => (
            <option value={writeTarget({ kind: props.kind, key })} selected={props.isChosen(props.kind, key)}>
              {name === key ? key : `${name} (${key})`}
            </option>
          )}
        </For>
      </optgroup>
    </Show>
  );
}

function writeTarget({ kind, key }: Target): string {
  return `${kind}:${key}`;
}

function readTarget(text: string): Target | null {
  const [kind, key = ""] = text.split(":");
  return kind === "integration" || kind === "set" ? { kind, key } : null;
}

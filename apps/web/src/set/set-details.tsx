import { createSignal } from "solid-js";
import { Card } from "../ui/card.tsx";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { InputField } from "../ui/input-field.tsx";
import type { SetEditor } from "./set-editor.ts";
import { faultAt } from "./set-faults.model.ts";
import { proposeKey } from "./set-form.model.ts";

/** What a set is called, and what it does when a step fails. */
export function SetDetails(props: { editor: SetEditor }) {
  const { form, patch, version } = props.editor;
  const [keyWritten, setKeyWritten] = createSignal(false);
  const fault = (part: string) => faultAt(props.editor.faults(), null, part);
  const rename = (name: string) =>
    patch(version() !== null || keyWritten() ? { name } : { name, key: proposeKey(name) });
  return (
    <Card>
      <div class="grid gap-4">
        <InputField
          id="set-name"
          label="Name"
          required
          fault={fault("name")}
          maxLength={200}
          value={form.name}
          onInput={rename}
        />
        <InputField
          id="set-key"
          label="Key"
          required
          help={version() === null ? "By which the command line and the API name the set. It stays." : "It stays."}
          fault={fault("key")}
          maxLength={60}
          readonly={version() !== null}
          value={form.key}
          onInput={(key) => {
            setKeyWritten(key !== "");
            patch({ key });
          }}
        />
        <Field id="set-description" label="Description" fault={fault("description")}>
          <textarea
            id="set-description"
            class={inputClass}
            {...inputAria("set-description", fault("description"))}
            rows={2}
            maxLength={2000}
            value={form.description}
            onInput={(event) => patch({ description: event.currentTarget.value })}
          />
        </Field>
        <div>
          <label class="flex items-center gap-2">
            <input
              type="checkbox"
              class="size-4 accent-[var(--accent)]"
              aria-describedby="abort-help"
              checked={form.abortOnFailure}
              onChange={(event) => patch({ abortOnFailure: event.currentTarget.checked })}
            />
            <span class="text-sm font-medium">Abort on failure</span>
          </label>
          <p id="abort-help" class="ml-6 text-sm text-quiet">
            When a step is not Completed, those after it are skipped. Completed with Errors counts as failure.
          </p>
        </div>
      </div>
    </Card>
  );
}

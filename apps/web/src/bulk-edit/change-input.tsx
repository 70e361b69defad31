import { type PlainTransform, plainTransforms } from "@waybill/core/definition/names";
import { limits } from "@waybill/core/limits";
import { For, Match, Switch } from "solid-js";
import { Field, inputAria, inputClass } from "../ui/field.tsx";
import { type ChangeForm, type ChangeKind, changeKinds, transformWords } from "./change-form.model.ts";
import { ValueTableInput } from "./value-table-input.tsx";

/** What is to be done to a column: a kind, and what that kind needs. */
export function ChangeInput(props: {
  form: ChangeForm;
  onForm: (change: Partial<ChangeForm>) => void;
  patternFault: string | undefined;
}) {
  return (
    <>
      <fieldset class="grid gap-1">
        <legend class="mb-1 text-sm font-medium">What to do</legend>
        <div class="flex flex-wrap gap-1.5">
          <For each={Object.entries(changeKinds)}>
            {([kind, words]) => (
              <label class="inline-flex min-h-9 cursor-pointer items-center gap-1.5 rounded-md border border-line px-2.5 text-sm has-checked:border-accent has-checked:ring-1 has-checked:ring-accent">
                <input
                  type="radio"
                  name="bulk-kind"
                  class="accent-accent"
                  checked={props.form.kind === kind}
                  onChange={() => props.onForm({ kind: kind as ChangeKind })}
                />
                {words}
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <Switch>
        <Match when={props.form.kind === "set"}>
          <TextField
            id="bulk-value"
            label="New value"
            value={props.form.value}
            onInput={(value) => props.onForm({ value })}
          />
        </Match>
        <Match when={props.form.kind === "replace"}>
          <Replacement form={props.form} onForm={props.onForm} fault={props.patternFault} />
        </Match>
        <Match when={props.form.kind === "transform"}>
          <Field id="bulk-transform" label="How">
            <select
              id="bulk-transform"
              class={inputClass}
              onChange={(event) => props.onForm({ transform: event.currentTarget.value as PlainTransform })}
            >
              <For each={plainTransforms}>
                {(transform) => (
                  <option value={transform} selected={props.form.transform === transform}>
                    {transformWords[transform]}
                  </option>
                )}
              </For>
            </select>
          </Field>
        </Match>
        <Match when={props.form.kind === "map"}>
          <ValueTableInput text={props.form.table} onChange={(table) => props.onForm({ table })} />
        </Match>
      </Switch>
    </>
  );
}

function Replacement(props: {
  form: ChangeForm;
  onForm: (change: Partial<ChangeForm>) => void;
  fault: string | undefined;
}) {
  return (
    <div class="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
      <TextField
        id="bulk-find"
        label={props.form.pattern ? "Pattern" : "Text"}
        value={props.form.find}
        fault={props.fault}
        onInput={(find) => props.onForm({ find })}
      />
      <TextField
        id="bulk-with"
        label="Replace with"
        value={props.form.with}
        help={props.form.pattern ? "$1 is what the first group found." : undefined}
        onInput={(text) => props.onForm({ with: text })}
      />
      <label class="flex items-center gap-2 text-sm sm:col-span-2">
        <input
          type="checkbox"
          class="size-4 accent-accent"
          checked={props.form.pattern}
          onChange={(event) => props.onForm({ pattern: event.currentTarget.checked })}
        />
        The text is a pattern, in the syntax of RE2
      </label>
    </div>
  );
}

function TextField(props: {
  id: string;
  label: string;
  value: string;
  help?: string | undefined;
  fault?: string | undefined;
  onInput: (text: string) => void;
}) {
  return (
    <Field id={props.id} label={props.label} help={props.help} fault={props.fault}>
      <input
        id={props.id}
        class={inputClass}
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        maxlength={limits.bulkTextCharactersMax}
        value={props.value}
        {...inputAria(props.id, props.fault)}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </Field>
  );
}

import { limits } from "@waybill/core/limits";
import { type NotificationEvent, notificationEventLabels, notificationEvents } from "@waybill/core/notification/events";
import { createEffect, For, on, Show } from "solid-js";
import { createStore } from "solid-js/store";
import { toFault } from "../data/api.ts";
import { type NotificationRule, type SavedRule, useSaveRule } from "../data/notifications.ts";
import { ChoiceField } from "../ui/choice-field.tsx";
import { Field, inputClass } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { InputField } from "../ui/input-field.tsx";
import { AboutField } from "./about-field.tsx";
import { eventHelp, formOf, toSave } from "./rule-form.model.ts";

/** Asks for the terms of a rule, of a new one where none is given, and keeps them. */
export function RuleDialog(props: {
  open: boolean;
  rule: NotificationRule | undefined;
  onClose: () => void;
  onSaved: (saved: SavedRule) => void;
}) {
  const save = useSaveRule();
  const [form, setForm] = createStore(formOf(undefined));
  createEffect(
    on(
      () => props.open,
      (open) => {
        if (!open) return;
        save.reset();
        setForm(formOf(props.rule));
      },
    ),
  );
  const keep = () =>
    save.mutate(toSave(form, props.rule?.id), {
      onSuccess: (saved) => {
        props.onClose();
        props.onSaved(saved);
      },
    });
  const choose = (event: NotificationEvent, chosen: boolean) =>
    setForm(
      "events",
      notificationEvents.filter((one) => (one === event ? chosen : form.events.includes(one))),
    );
  return (
    <FormDialog
      open={props.open}
      onClose={props.onClose}
      title={props.rule ? `Change ${props.rule.name}` : "Add a notification"}
      action="Save"
      onAction={keep}
      pending={save.isPending}
      disabled={form.name.trim() === "" || form.events.length === 0}
      fault={save.error ? toFault(save.error).message : undefined}
    >
      <InputField
        id="rule-name"
        label="Name"
        required
        maxLength={limits.notificationNameCharactersMax}
        value={form.name}
        onInput={(name) => setForm({ name })}
      />
      <AboutField target={form.target} before={props.rule?.target} onChange={(target) => setForm("target", target)} />
      <fieldset class="grid gap-1">
        <legend class="mb-1 text-sm font-medium">Events</legend>
        <For each={notificationEvents}>
          {(event) => (
            <label class="flex items-baseline gap-2 text-sm">
              <input
                type="checkbox"
                checked={form.events.includes(event)}
                onChange={(change) => choose(event, change.currentTarget.checked)}
              />
              <span>
                {notificationEventLabels[event]}
                <span class="text-quiet">: {eventHelp[event]}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <Show when={form.events.includes("not_started")}>
        <InputField
          id="rule-minutes"
          label="Not started after so many minutes"
          type="number"
          min={1}
          max={limits.notStartedMinutesMax}
          value={form.notStartedMinutes}
          onInput={(notStartedMinutes) => setForm({ notStartedMinutes })}
        />
      </Show>
      <Show when={form.events.includes("slow")}>
        <InputField
          id="rule-times"
          label="Slow above so many times the usual"
          type="number"
          min={limits.slowTimesMin}
          max={limits.slowTimesMax}
          step="0.1"
          value={form.slowTimes}
          onInput={(slowTimes) => setForm({ slowTimes })}
        />
      </Show>
      <ChoiceField
        id="rule-channel"
        label="Tell by"
        words={{ webhook: "Webhook", email: "E-mail" }}
        value={form.channel}
        onChange={(channel) => setForm({ channel })}
      />
      <Show
        when={form.channel === "webhook"}
        fallback={
          <Field id="rule-addresses" label="Addresses" required help="One a line, or parted by commas.">
            <textarea
              id="rule-addresses"
              rows="2"
              class={inputClass}
              value={form.addresses}
              onInput={(event) => setForm("addresses", event.currentTarget.value)}
            />
          </Field>
        }
      >
        <InputField
          id="rule-url"
          label="Address"
          required
          help="A new webhook is given a secret, which is shown once."
          type="url"
          placeholder="https://"
          maxLength={limits.receiverUrlCharactersMax}
          value={form.url}
          onInput={(url) => setForm({ url })}
        />
      </Show>
    </FormDialog>
  );
}

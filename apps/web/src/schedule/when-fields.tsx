import { type RecurrenceKind, weekdays } from "@waybill/core/schedule/recurrence/recurrence";
import { Match, Show, Switch } from "solid-js";
import { Card } from "../ui/card.tsx";
import { ChoiceField } from "../ui/choice-field.tsx";
import { ChoiceChips } from "./choice-chips.tsx";
import type { ScheduleEditor } from "./schedule-editor.ts";
import { WhenBounds } from "./when-bounds.tsx";
import { WhenInput } from "./when-input.tsx";
import { ZoneInput } from "./zone-input.tsx";

/** When it occurs: its rhythm, the zone whose clocks are meant, and from when until when. */
export function WhenFields(props: { editor: ScheduleEditor }) {
  const when = () => props.editor.form.when;
  return (
    <Card title="When" class="min-w-0 lg:col-start-1">
      <div class="grid gap-4">
        <div class="grid items-start gap-4 sm:grid-cols-2">
          <ChoiceField
            id="schedule-kind"
            label="Repeats"
            words={kindWords}
            value={when().kind}
            onChange={(kind) => props.editor.patchWhen({ kind })}
          />
          <ZoneInput editor={props.editor} />
        </div>
        <Rhythm editor={props.editor} />
        <Show when={when().kind !== "once"}>
          <WhenBounds editor={props.editor} />
        </Show>
      </div>
    </Card>
  );
}

const kindWords: Record<RecurrenceKind, string> = {
  once: "Once",
  hourly: "Every so many hours",
  daily: "Every so many days",
  weekly: "On days of the week",
  monthly: "On days of the month",
  cron: "By a cron expression",
};

function Rhythm(props: { editor: ScheduleEditor }) {
  const { form, patchWhen, typedFault } = props.editor;
  const every = (unit: string) => (
    <WhenInput
      editor={props.editor}
      part="every"
      label={`Every so many ${unit}`}
      type="number"
      min={1}
      value={form.when.every}
      onInput={(text) => patchWhen({ every: text })}
    />
  );
  const timeOfDay = () => (
    <WhenInput
      editor={props.editor}
      part="at"
      label="At"
      type="time"
      value={form.when.timeOfDay}
      onInput={(text) => patchWhen({ timeOfDay: text })}
    />
  );
  return (
    <Switch>
      <Match when={form.when.kind === "once"}>
        <WhenInput
          editor={props.editor}
          part="at"
          label="At"
          type="datetime-local"
          value={form.when.onceAt}
          onInput={(text) => patchWhen({ onceAt: text })}
        />
      </Match>
      <Match when={form.when.kind === "hourly"}>{every("hours")}</Match>
      <Match when={form.when.kind === "daily"}>
        <div class="grid items-start gap-4 sm:grid-cols-2">
          {every("days")}
          {timeOfDay()}
        </div>
      </Match>
      <Match when={form.when.kind === "weekly"}>
        <ChoiceChips
          id="schedule-days"
          label="Days of the week"
          choices={weekdayChoices}
          chosen={form.when.weekdays}
          fault={typedFault("days")}
          onChange={(chosen) => patchWhen({ weekdays: chosen })}
        />
        <div class="grid items-start gap-4 sm:grid-cols-2">
          {every("weeks")}
          {timeOfDay()}
        </div>
      </Match>
      <Match when={form.when.kind === "monthly"}>
        <ChoiceChips
          id="schedule-days"
          label="Days of the month"
          choices={monthDayChoices}
          chosen={form.when.monthDays}
          fault={typedFault("days")}
          onChange={(chosen) => patchWhen({ monthDays: chosen })}
        />
        <div class="grid items-start gap-4 sm:grid-cols-2">
          {timeOfDay()}
          <MissingDay editor={props.editor} />
        </div>
      </Match>
      <Match when={form.when.kind === "cron"}>
        <WhenInput
          editor={props.editor}
          part="expression"
          label="Cron expression"
          type="text"
          help="Five fields: minute, hour, day of the month, month, day of the week."
          value={form.when.expression}
          onInput={(text) => patchWhen({ expression: text })}
        />
      </Match>
    </Switch>
  );
}

const monday = Date.UTC(2024, 0, 1);
const dayMilliseconds = 24 * 3_600_000;
const sayDay = (index: number, length: "short" | "long") =>
  new Intl.DateTimeFormat("en", { weekday: length, timeZone: "UTC" }).format(monday + index * dayMilliseconds);
const weekdayChoices = weekdays.map((value, index) => ({
  value,
  label: sayDay(index, "short"),
  name: sayDay(index, "long"),
}));
const monthDayChoices = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: String(index + 1) })),
  { value: "last" as const, label: "Last day" },
];

function MissingDay(props: { editor: ScheduleEditor }) {
  const { form, patchWhen } = props.editor;
  return (
    <Show when={form.when.monthDays.some((day) => day !== "last" && day > 28)}>
      <ChoiceField
        id="schedule-missingDay"
        label="In a month without that day"
        words={{ skip: "Leave it out", last: "Take the month's last day" }}
        value={form.when.missingDay}
        onChange={(missingDay) => patchWhen({ missingDay })}
      />
    </Show>
  );
}

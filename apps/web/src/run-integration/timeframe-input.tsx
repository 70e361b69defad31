import { lastDaysMax, timeframeSymbols } from "@waybill/core/definition/timeframe";
import { For, Match, Show, Switch } from "solid-js";
import { inputClass } from "../ui/field.tsx";

const rangeOption = "range";
const lastDaysOption = "last_days";
const lastDaysPattern = /^last_(\d*)_days$/;

/** A timeframe by its name, as the last days, or as two days; beneath it the days that it stands for. */
export function TimeframeInput(props: {
  common: Record<string, unknown>;
  value: string;
  resolved: unknown;
  onChange: (value: string) => void;
}) {
  const isRange = () => props.value.includes("..");
  const days = () => props.value.split("..") as [string, string];
  const lastDays = () => lastDaysPattern.exec(props.value)?.[1];
  const choose = (option: string) =>
    props.onChange({ [rangeOption]: "..", [lastDaysOption]: "last_7_days" }[option] ?? option);
  return (
    <>
      <select {...props.common} class={inputClass} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">Choose…</option>
        <For each={timeframeSymbols}>
          {(symbol) => (
            <option value={symbol} selected={symbol === props.value}>
              {nameOf(symbol)}
            </option>
          )}
        </For>
        <option value={lastDaysOption} selected={lastDays() !== undefined}>
          Last days
        </option>
        <option value={rangeOption} selected={isRange()}>
          From a day to a day
        </option>
      </select>
      <Switch>
        <Match when={isRange()}>
          <div class="flex flex-wrap gap-2">
            <input
              type="date"
              aria-label="First day"
              class={`${inputClass} min-w-36 flex-1`}
              value={days()[0]}
              onInput={(event) => props.onChange(`${event.currentTarget.value}..${days()[1]}`)}
            />
            <input
              type="date"
              aria-label="Last day"
              class={`${inputClass} min-w-36 flex-1`}
              value={days()[1]}
              onInput={(event) => props.onChange(`${days()[0]}..${event.currentTarget.value}`)}
            />
          </div>
        </Match>
        <Match when={lastDays() !== undefined}>
          <input
            type="number"
            min="1"
            max={lastDaysMax}
            aria-label="Number of days before today"
            class={inputClass}
            value={lastDays()}
            onInput={(event) => props.onChange(`last_${event.currentTarget.value}_days`)}
          />
        </Match>
      </Switch>
      <Show when={spanOf(props.resolved)}>{(span) => <p class="text-sm text-quiet">{span()}</p>}</Show>
    </>
  );
}

function nameOf(symbol: string): string {
  const words = symbol.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function spanOf(resolved: unknown): string | null {
  if (typeof resolved !== "object" || resolved === null || !("start" in resolved) || !("end" in resolved)) return null;
  return `${resolved.start} to ${resolved.end}`;
}

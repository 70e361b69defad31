import { createSignal, For, Match, onMount, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { type IntegrationListItem, useIntegrations } from "../data/integrations.ts";
import { inputClass } from "../ui/field.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { fits } from "./integration-picker.model.ts";

/** The integrations to choose from, found by typing, each with its last run. Arrow keys go through them. */
export function IntegrationPicker(props: { onPick: (key: string) => void }) {
  const [search, setSearch] = createSignal("");
  const integrations = useIntegrations(search);
  // What is there already may belong to the search before this one.
  const items = () => integrations.data?.items.filter((item) => fits(item, search())) ?? [];
  let picker!: HTMLElement;
  let input!: HTMLInputElement;
  onMount(() => input.focus());
  const step = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const stops = [...picker.querySelectorAll<HTMLElement>("input, button")];
    stops[stops.indexOf(document.activeElement as HTMLElement) + by]?.focus();
  };
  return (
    <search ref={picker} class="grid gap-3" onKeyDown={step}>
      <input
        ref={input}
        type="search"
        aria-label="Find an integration"
        placeholder="Find an integration"
        class={inputClass}
        onInput={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = items();
          if (event.key === "Enter" && !event.isComposing && first) props.onPick(first.key);
        }}
      />
      <Switch>
        <Match when={integrations.error}>
          <Notice look="bad">{toFault(integrations.error).message}</Notice>
        </Match>
        <Match when={items().length > 0}>
          <ul class="overflow-hidden rounded-lg border border-line bg-card">
            <For each={items()}>{(item) => <Item item={item} onPick={() => props.onPick(item.key)} />}</For>
          </ul>
          <Show when={integrations.data?.next}>
            <p class="text-center text-sm text-quiet">There are more. Type a part of the name to find them.</p>
          </Show>
        </Match>
        <Match when={integrations.isPending || integrations.isPlaceholderData}>
          <p class="py-8 text-center text-quiet">Reading the integrations…</p>
        </Match>
        <Match when={true}>
          <p class="py-8 text-center text-quiet">
            {search()
              ? "No integration fits."
              : "There is no integration yet. Apply a definition: npx waybill integrations apply FILE"}
          </p>
        </Match>
      </Switch>
    </search>
  );
}

function Item(props: { item: IntegrationListItem; onPick: () => void }) {
  return (
    <li class="border-b border-line last:border-0">
      <button
        type="button"
        class="grid w-full gap-1 px-4 py-3 text-left -outline-offset-2 hover:bg-page"
        onClick={() => props.onPick()}
      >
        <span class="flex flex-wrap items-center justify-between gap-x-4">
          <span class="font-medium wrap-anywhere">
            {props.item.name} <span class="font-normal text-quiet">{props.item.key}</span>
          </span>
          <Show when={props.item.lastRun} fallback={<span class="text-sm text-quiet">never run</span>}>
            {(last) => (
              <span class="flex items-center gap-2 text-sm">
                <StatusBadge status={last().status} />
                <Show when={last().finishedAt}>{(at) => <span class="text-quiet">{formatTime(at())}</span>}</Show>
              </span>
            )}
          </Show>
        </span>
        <span class="text-sm text-quiet wrap-anywhere">{props.item.description}</span>
      </button>
    </li>
  );
}

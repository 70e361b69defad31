import { createSignal, For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { type IntegrationListItem, useIntegrations } from "../data/integrations.ts";
import { inputClass } from "../ui/field.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";

/** The integrations to choose from, found by typing, each with its last run. */
export function IntegrationPicker(props: { onPick: (key: string) => void }) {
  const [search, setSearch] = createSignal("");
  const integrations = useIntegrations(search);
  const items = () => integrations.data?.items ?? [];
  return (
    <div class="grid gap-3">
      <input
        type="search"
        autofocus
        aria-label="Find an integration"
        placeholder="Find an integration"
        class={inputClass}
        onInput={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = items();
          if (event.key === "Enter" && first) props.onPick(first.key);
        }}
      />
      <Switch>
        <Match when={integrations.error}>
          <Notice look="bad">{toFault(integrations.error).message}</Notice>
        </Match>
        <Match when={integrations.isPending}>
          <p class="py-8 text-center text-quiet">Reading the integrations…</p>
        </Match>
        <Match when={items().length === 0}>
          <p class="py-8 text-center text-quiet">
            {search()
              ? "No integration fits."
              : "There is no integration yet. Apply a definition: waybill integrations apply FILE"}
          </p>
        </Match>
        <Match when={true}>
          <ul class="overflow-hidden rounded-lg border border-line bg-card">
            <For each={items()}>{(item) => <Item item={item} onPick={() => props.onPick(item.key)} />}</For>
          </ul>
        </Match>
      </Switch>
    </div>
  );
}

function Item(props: { item: IntegrationListItem; onPick: () => void }) {
  return (
    <li class="border-b border-line last:border-0">
      <button type="button" class="grid w-full gap-1 px-4 py-3 text-left hover:bg-page" onClick={() => props.onPick()}>
        <span class="flex flex-wrap items-center justify-between gap-x-4">
          <span class="font-medium">{props.item.name}</span>
          <Show when={props.item.lastRun} fallback={<span class="text-sm text-quiet">never run</span>}>
            {(last) => (
              <span class="flex items-center gap-2 text-sm">
                <StatusBadge status={last().status} />
                <span class="text-quiet">{formatTime(last().finishedAt)}</span>
              </span>
            )}
          </Show>
        </span>
        <span class="text-sm text-quiet">{props.item.description}</span>
      </button>
    </li>
  );
}

import X from "lucide-solid/icons/x";
import { For, type JSX, Show, Suspense } from "solid-js";
import { useIntegrations } from "../data/integrations.ts";
import { useRun } from "../data/runs.ts";
import { inputClass } from "../ui/field.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import type { RecordsSearch } from "./records-search.model.ts";

const nobody = "nobody";

/** Which records are shown; the address holds it. */
export function RecordFilters(props: {
  search: RecordsSearch;
  assignees: string[];
  onChange: (next: Partial<RecordsSearch>) => void;
}) {
  const integrations = useIntegrations(() => "");
  const assignees = () => [...new Set([...props.assignees, props.search.assignee ?? ""])].filter(Boolean).toSorted();
  const select = `${inputClass} w-auto min-w-32 flex-1 sm:max-w-52 sm:flex-none`;
  const yesNo = { yes: true, no: false } as Record<string, boolean | undefined>;
  return (
    <search class="flex flex-wrap items-center gap-2 text-sm">
      <SearchInput
        label="Search in the values"
        value={props.search.search ?? ""}
        onSearch={(text) => props.onChange({ search: text || undefined })}
        class="sm:w-56"
      />
      <select
        aria-label="Integration"
        class={select}
        onChange={(event) => props.onChange({ integration: event.currentTarget.value || undefined, run: undefined })}
      >
        <option value="">Every integration</option>
        <Suspense>
          <For each={integrations.data?.items}>
            {({ key, name }) => (
              <option value={key} selected={key === props.search.integration}>
                {name}
              </option>
            )}
          </For>
        </Suspense>
      </select>
      <select
        aria-label="Ready to resubmit"
        class={select}
        onChange={(event) => props.onChange({ ready: yesNo[event.currentTarget.value] })}
      >
        <option value="">Ready or not</option>
        <option value="yes" selected={props.search.ready === true}>
          Ready
        </option>
        <option value="no" selected={props.search.ready === false}>
          With issues
        </option>
      </select>
      <select
        aria-label="Assignee"
        class={select}
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChange({ assignee: value === "" ? undefined : value === nobody ? "" : value.slice(1) });
        }}
      >
        <option value="">Anyone's</option>
        <option value={nobody} selected={props.search.assignee === ""}>
          Nobody's
        </option>
        <For each={assignees()}>
          {(name) => (
            <option value={`=${name}`} selected={name === props.search.assignee}>
              {name}
            </option>
          )}
        </For>
      </select>
      <div class="flex min-w-0 flex-wrap gap-2">
        <Day label="From" value={props.search.since} onChange={(since) => props.onChange({ since })} />
        <Day label="to" value={props.search.until} onChange={(until) => props.onChange({ until })} />
      </div>
      <Show when={props.search.run}>
        {(run) => <RunChip run={run()} onTakeOut={() => props.onChange({ run: undefined })} />}
      </Show>
      <Show when={props.search.code !== undefined || props.search.field !== undefined}>
        <Chip onTakeOut={() => props.onChange({ code: undefined, field: undefined })}>
          {props.search.field === "" ? "whole record" : (props.search.field ?? "any field")}:{" "}
          {props.search.code ?? "any issue"}
        </Chip>
      </Show>
    </search>
  );
}

function RunChip(props: { run: string; onTakeOut: () => void }) {
  const run = useRun(() => props.run);
  return (
    <Chip onTakeOut={props.onTakeOut}>
      Run: <Suspense fallback={props.run}>{run.data?.name ?? props.run}</Suspense>
    </Chip>
  );
}

function Chip(props: { onTakeOut: () => void; children: JSX.Element }) {
  return (
    <span class="inline-flex min-h-9 max-w-full items-center gap-1 rounded-md border border-accent bg-card pl-3">
      <span class="truncate" dir="auto">
        {props.children}
      </span>
      <button
        type="button"
        class="grid size-8 place-items-center rounded-md text-quiet hover:text-ink"
        aria-label="Take this filter out"
        onClick={() => props.onTakeOut()}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  );
}

function Day(props: { label: string; value: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <label class="flex items-center gap-1.5 text-quiet">
      <span class="w-9 shrink-0 sm:w-auto">{props.label}</span>
      <input
        type="date"
        class={`${inputClass} w-36`}
        value={props.value ?? ""}
        onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      />
    </label>
  );
}

import { useBlocker, useNavigate, useSearch } from "@tanstack/solid-router";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import { createEffect, createMemo, createSignal, For, Match, Show, Switch, untrack } from "solid-js";
import { BulkEditDialog } from "../bulk-edit/bulk-edit-dialog.tsx";
import { BulkEditStrip } from "../bulk-edit/bulk-edit-strip.tsx";
import { ExportButton } from "../corrections/export-button.tsx";
import { ImportDialog } from "../corrections/import-dialog.tsx";
import { connectionLost } from "../data/live.ts";
import { type Resubmission, useRecordCounts } from "../data/records.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { ActionBar } from "./action-bar.tsx";
import { columnOfField, createDesk } from "./desk.ts";
import { IssueGroups } from "./issue-groups.tsx";
import { NoRecords } from "./no-records.tsx";
import { RecordFilters } from "./record-filters.tsx";
import { RecordGrid } from "./record-grid.tsx";
import { RecordPanel } from "./record-panel.tsx";
import { isNarrowed, type RecordsSearch, toFilter } from "./records-search.model.ts";
import { ResubmissionNotice } from "./resubmission-notice.tsx";
import { StateTabs } from "./state-tabs.tsx";
import { StuckDrafts } from "./stuck-drafts.tsx";

/** The Transaction Assistant: rejected records are found, corrected, dismissed and resubmitted. The address holds the filter. */
export function RecordsPage() {
  const search = useSearch({ from: "/records" });
  const navigate = useNavigate({ from: "/records" });
  usePageTitle(() => "Transaction Assistant");
  const filter = createMemo(() => toFilter(search()));
  const desk = createDesk(filter);
  const counts = useRecordCounts(filter);
  const states = useRecordCounts(() => toFilter({ ...search(), state: "all" }));
  const groups = useRecordCounts(() => toFilter({ ...search(), code: undefined, field: undefined }));
  const [asked, setAsked] = createSignal<"change" | "import" | null>(null);
  const [resubmission, setResubmission] = createSignal<Resubmission | null>(null);
  const change = (next: Partial<RecordsSearch>) => {
    desk.selected.clear();
    desk.cursor.go({ row: 0, column: desk.cursor.active().column });
    navigate({ search: { ...search(), ...next }, replace: true });
  };
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      desk.drafts.unsaved() && current.pathname !== next.pathname && !window.confirm(leaving),
    enableBeforeUnload: desk.drafts.unsaved,
  });
  const assignees = () => desk.list.held().flatMap(({ assignee }) => assignee ?? []);
  const changed = () => counts.data && desk.list.total() !== undefined && counts.data.total !== desk.list.total();
  createEffect(() => {
    const { row, column } = desk.cursor.active();
    const last = (desk.list.total() ?? 0) - 1;
    if (row > last && last >= 0) desk.cursor.go({ row: last, column });
  });
  // Where nothing was, there is no place to keep still.
  createEffect(() => {
    if (desk.list.total() === 0 && (counts.data?.total ?? 0) > 0 && !untrack(desk.list.reading)) desk.list.refresh();
  });
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <h1 class="mr-auto text-xl font-semibold">Transaction Assistant</h1>
        <StateTabs counts={states.data} chosen={search().state} onChoose={(state) => change({ state })} />
        <Show when={counts.data?.total}>
          <ExportButton filter={filter()} />
        </Show>
        <Button onClick={() => setAsked("import")}>Import…</Button>
        <Button onClick={() => desk.list.refresh()} aria-busy={desk.list.reading()}>
          <RefreshCw size={16} aria-hidden="true" class={desk.list.reading() ? "motion-safe:animate-spin" : ""} />
          Refresh
          <Show when={changed() && counts.data}>
            {(now) => <span class="text-quiet">{formatNumber(now().total)} fit now</span>}
          </Show>
        </Button>
      </div>
      <RecordFilters search={search()} assignees={assignees()} onChange={change} />
      <Show when={!connectionLost() && desk.list.fault()}>{(fault) => <Notice look="bad">{fault()}</Notice>}</Show>
      <Show when={resubmission()}>
        {(made) => (
          <ResubmissionNotice
            resubmission={made()}
            onEnd={() => desk.list.refresh()}
            onClose={() => setResubmission(null)}
          />
        )}
      </Show>
      <BulkEditStrip onChanged={() => desk.list.refresh()} />
      <BulkEditDialog
        open={asked() === "change"}
        onClose={() => setAsked(null)}
        filter={filter()}
        column={columnOfField(desk, search().field)}
      />
      <ImportDialog
        open={asked() === "import"}
        onClose={() => setAsked(null)}
        onImported={(imported) => {
          desk.list.refresh();
          if (imported.resubmission) setResubmission(imported.resubmission);
        }}
      />
      <StuckDrafts desk={desk} />
      <For each={desk.drafts.notes()}>{(note) => <Notice look="warn">{note}</Notice>}</For>
      <Switch>
        <Match when={desk.list.total() === undefined && !desk.list.fault()}>
          <p class="py-16 text-center text-quiet">Reading the records…</p>
        </Match>
        <Match when={desk.list.total() === 0}>
          <NoRecords search={search()} narrowed={isNarrowed(search())} onClear={() => change(cleared)} />
        </Match>
        <Match when={desk.list.total()}>
          <div class="grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[15rem_minmax(0,1fr)_21rem]">
            <aside aria-label="What is wrong" class="min-w-0 lg:max-h-[calc(100dvh-14rem)] lg:overflow-y-auto">
              <IssueGroups
                groups={groups.data?.groups ?? []}
                chosen={search()}
                onChoose={(chosen) => change(chosen ?? { code: undefined, field: undefined })}
              />
            </aside>
            <div
              class="flex h-[max(24rem,calc(100dvh-14rem))] min-w-0 flex-col"
              classList={{ "opacity-60": desk.list.reading() }}
            >
              <RecordGrid desk={desk} manyRuns={search().run === undefined} />
              <ActionBar
                desk={desk}
                search={search()}
                counts={counts.data}
                onChangeAll={() => setAsked("change")}
                onResubmit={setResubmission}
              />
            </div>
            <RecordPanel desk={desk} />
          </div>
        </Match>
      </Switch>
    </div>
  );
}

const leaving = "Some of what you typed is not saved. Leave this page and lose it?";
const cleared = Object.fromEntries(
  ["run", "integration", "code", "field", "ready", "search", "assignee", "since", "until"].map((name) => [
    name,
    undefined,
  ]),
);

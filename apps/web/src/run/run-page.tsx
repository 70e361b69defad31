import { Tabs } from "@kobalte/core/tabs";
import { useNavigate, useParams, useSearch } from "@tanstack/solid-router";
import { runStatusLabels } from "@waybill/core/run/status";
import { Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useRun } from "../data/runs.ts";
import { formatNumber } from "../ui/format.ts";
import { NotShown } from "../ui/not-shown.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunIssues } from "./run-issues.tsx";
import { RunLog } from "./run-log.tsx";
import { runTabs } from "./run-search.model.ts";
import { RunSummaryView } from "./run-summary-view.tsx";

const tabClass =
  "border-b-2 border-transparent px-3 py-2 text-quiet hover:text-ink data-[selected]:border-accent data-[selected]:text-ink data-[selected]:font-medium";

/** One run: its summary, its rejected records and its log, as they change. */
export function RunPage() {
  const params = useParams({ from: "/runs/$run" });
  const search = useSearch({ from: "/runs/$run" });
  const navigate = useNavigate({ from: "/runs/$run" });
  const run = useRun(() => params().run);
  usePageTitle(() => (run.data ? `${runStatusLabels[run.data.status]}: ${run.data.name}` : "Run"));
  const tab = () => search().tab ?? "summary";
  return (
    <Switch fallback={<p class="py-16 text-center text-quiet">Reading the run…</p>}>
      <Match when={run.data}>
        {(summary) => (
          <>
            <header class="mb-4 flex flex-wrap items-start gap-3">
              <div class="mr-auto grid min-w-0 gap-1">
                <h1 class="text-xl font-semibold wrap-anywhere" dir="auto">
                  {summary().name}
                </h1>
                <div class="flex flex-wrap gap-x-3" role="status">
                  <StatusBadge status={summary().status} />
                  <Show when={summary().phase}>{(phase) => <span class="text-quiet">{phase()}</span>}</Show>
                  <Show when={summary().test}>
                    <span class="text-quiet">Test run: nothing is kept in the destination</span>
                  </Show>
                </div>
              </div>
              <RunActions run={summary()} />
            </header>
            <Show when={!connectionLost() && run.error}>
              <Notice look="warn" class="mb-4">
                {toFault(run.error).message}
              </Notice>
            </Show>
            <Tabs
              value={tab()}
              onChange={(value) => navigate({ search: { tab: runTabs.find((one) => one === value) }, replace: true })}
            >
              <Tabs.List class="mb-4 flex gap-1 overflow-x-auto border-b border-line">
                <Tabs.Trigger value="summary" class={tabClass}>
                  Run Summary
                </Tabs.Trigger>
                <Tabs.Trigger value="issues" class={tabClass}>
                  Rejected records ({formatNumber(summary().counts.rejected)})
                </Tabs.Trigger>
                <Tabs.Trigger value="log" class={tabClass}>
                  Additional Details
                </Tabs.Trigger>
              </Tabs.List>
              <Tabs.Content value="summary">
                <RunSummaryView run={summary()} />
              </Tabs.Content>
              <Tabs.Content value="issues">
                <RunIssues run={summary()} />
              </Tabs.Content>
              <Tabs.Content value="log">
                <RunLog run={summary().id} />
              </Tabs.Content>
            </Tabs>
          </>
        )}
      </Match>
      <Match when={run.error}>
        <NotShown title="This run cannot be shown" why={run.error} to="/" words="Go to the runs" />
      </Match>
    </Switch>
  );
}

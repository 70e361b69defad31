import { Link, useNavigate, useSearch } from "@tanstack/solid-router";
import { runStatuses, runStatusLabels } from "@waybill/core/run/status";
import RefreshCw from "lucide-solid/icons/refresh-cw";
import { createSignal, For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useOpenCount } from "../data/records.ts";
import { useRuns } from "../data/runs.ts";
import { useRefreshSchedules } from "../data/schedules.ts";
import { Button } from "../ui/button.tsx";
import { inputClass } from "../ui/field.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { SearchInput } from "../ui/search-input.tsx";
import { NoRuns } from "./no-runs.tsx";
import { PlannedRuns } from "./planned-runs.tsx";
import { plannedStatus, type RunsSearch } from "./runs-search.model.ts";
import { RunsTable } from "./runs-table.tsx";

/** The runs, newest first, as they change. The address holds the filter. */
export function RunsPage() {
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const runs = useRuns(() => search());
  const refreshPlanned = useRefreshSchedules();
  const open = useOpenCount();
  usePageTitle(() => "Runs");
  const [refreshing, setRefreshing] = createSignal(false);
  const refresh = async () => {
    setRefreshing(true);
    await Promise.all([runs.refetch(), refreshPlanned()]);
    setRefreshing(false);
  };
  const items = () => runs.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = () => search().status !== undefined || search().search !== undefined;
  const planned = () => plannedStatus(search().status);
  const change = (next: RunsSearch) => navigate({ search: { ...search(), ...next }, replace: true });
  return (
    <>
      <div class="mb-3 flex flex-wrap items-center gap-2">
        <h1 class="text-xl font-semibold">Runs</h1>
        <p class="mr-auto pl-2 text-sm">
          <Show when={open.data?.open}>
            {(count) => (
              <Link to="/records" class="text-accent hover:underline">
                {count() === 1 ? "1 rejected record is open" : `${formatNumber(count())} rejected records are open`}
              </Link>
            )}
          </Show>
        </p>
        <SearchInput
          label="Search by name"
          value={search().search ?? ""}
          onSearch={(text) => change({ search: text || undefined })}
          class="sm:w-64"
        />
        <select
          aria-label="Status"
          class={`${inputClass} flex-1 sm:w-auto sm:flex-none`}
          onChange={(event) => change({ status: runStatuses.find((one) => one === event.currentTarget.value) })}
        >
          <option value="">Every status</option>
          <For each={runStatuses}>
            {(status) => (
              <option value={status} selected={status === search().status}>
                {runStatusLabels[status]}
              </option>
            )}
          </For>
        </select>
        <Button onClick={refresh} aria-busy={refreshing()}>
          <RefreshCw size={16} aria-hidden="true" class={refreshing() ? "motion-safe:animate-spin" : ""} />
          Refresh
        </Button>
      </div>
      <Show when={!connectionLost() && runs.error}>
        <Notice look="bad">{toFault(runs.error).message}</Notice>
      </Show>
      <Show when={planned() !== undefined || !filtered()}>
        <PlannedRuns status={planned()} search={search().search} />
      </Show>
      <Switch>
        <Match when={planned() !== undefined}>{null}</Match>
        <Match when={runs.isPending}>
          <p class="py-16 text-center text-quiet">Reading the runs…</p>
        </Match>
        <Match when={items().length > 0}>
          <RunsTable runs={items()} old={runs.isPlaceholderData} />
          <Show when={runs.hasNextPage}>
            <div class="mt-3 text-center">
              <Button onClick={() => runs.fetchNextPage()} disabled={runs.isFetchingNextPage}>
                Older runs
              </Button>
            </div>
          </Show>
        </Match>
        <Match when={!runs.error}>
          <NoRuns filtered={filtered()} onClear={() => navigate({ search: {}, replace: true })} />
        </Match>
      </Switch>
    </>
  );
}

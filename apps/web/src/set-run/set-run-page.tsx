import { useParams } from "@tanstack/solid-router";
import { stepStatusLabels } from "@waybill/core/set/set-run";
import { Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useSetRun } from "../data/sets.ts";
import { NotShown } from "../ui/not-shown.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { SetRunActions } from "./set-run-actions.tsx";
import { SetRunDetails } from "./set-run-details.tsx";
import { TimeLine } from "./time-line.tsx";

/** One set run: its steps, as they go on. */
export function SetRunPage() {
  const params = useParams({ from: "/set-runs/$id" });
  const setRun = useSetRun(() => params().id);
  usePageTitle(() => (setRun.data ? `${stepStatusLabels[setRun.data.status]}: ${setRun.data.name}` : "Set run"));
  return (
    <Switch fallback={<p class="py-16 text-center text-quiet">Reading the set run…</p>}>
      <Match when={setRun.data}>
        {(summary) => (
          <>
            <header class="mb-4 flex flex-wrap items-start gap-3">
              <div class="mr-auto grid min-w-0 gap-1">
                <h1 class="text-xl font-semibold wrap-anywhere" dir="auto">
                  {summary().name}
                </h1>
                <div class="flex flex-wrap gap-x-3" role="status">
                  <StatusBadge status={summary().status} />
                  <Show when={summary().cancelling}>
                    <span class="text-quiet">Cancelling…</span>
                  </Show>
                </div>
              </div>
              <SetRunActions setRun={summary()} shownAs={params().id} />
            </header>
            <Show when={!connectionLost() && setRun.error}>
              <Notice look="warn" class="mb-4">
                {toFault(setRun.error).message}
              </Notice>
            </Show>
            <div class="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
              <TimeLine setRun={summary()} />
              <SetRunDetails setRun={summary()} />
            </div>
          </>
        )}
      </Match>
      <Match when={setRun.error}>
        <NotShown title="This set run cannot be shown" why={setRun.error} to="/sets" words="Go to the sets" />
      </Match>
    </Switch>
  );
}

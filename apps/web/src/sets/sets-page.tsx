import { Link } from "@tanstack/solid-router";
import Plus from "lucide-solid/icons/plus";
import { Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { connectionLost } from "../data/live.ts";
import { useRecentSetRuns, useSets } from "../data/sets.ts";
import { buttonClass } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { NoSets } from "./no-sets.tsx";
import { SetRunsTable } from "./set-runs-table.tsx";
import { SetsTable } from "./sets-table.tsx";

/** The sets, each with its last run, and beneath them the set runs, the newest first, as they change. */
export function SetsPage() {
  const sets = useSets();
  const setRuns = useRecentSetRuns();
  usePageTitle(() => "Sets");
  const fault = () => sets.error ?? setRuns.error;
  return (
    <div class="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div class="flex flex-wrap items-center gap-2">
        <h1 class="mr-auto text-xl font-semibold">Sets</h1>
        <Link to="/sets/new" class={buttonClass()}>
          <Plus size={16} aria-hidden="true" />
          New set
        </Link>
      </div>
      <Show when={!connectionLost() && fault()}>
        <Notice look="bad">{toFault(fault()).message}</Notice>
      </Show>
      <Switch>
        <Match when={sets.data?.items.length === 0}>
          <NoSets />
        </Match>
        <Match when={sets.data}>
          {(page) => (
            <>
              <SetsTable sets={page().items} />
              <Show when={page().next}>
                <p class="text-center text-sm text-quiet">
                  There are more. The rest are listed by <code>npx waybill sets list</code>.
                </p>
              </Show>
            </>
          )}
        </Match>
        <Match when={!sets.error}>
          <p class="py-16 text-center text-quiet">Reading the sets…</p>
        </Match>
      </Switch>
      <Show when={setRuns.data?.items.length}>
        <h2 class="mt-4 text-lg font-semibold">Recent set runs</h2>
        <SetRunsTable setRuns={setRuns.data?.items ?? []} />
      </Show>
    </div>
  );
}

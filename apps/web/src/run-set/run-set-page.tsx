import { Link, useNavigate, useParams, useSearch } from "@tanstack/solid-router";
import { Match, Show, Switch } from "solid-js";
import { useSet, useSetRun } from "../data/sets.ts";
import { NotShown } from "../ui/not-shown.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { RunSetForm } from "./run-set-form.tsx";

/** A set is run: what it asks for is filled in, and the set run is seen once it has started. */
export function RunSetPage() {
  const params = useParams({ from: "/sets/$key/run" });
  const search = useSearch({ from: "/sets/$key/run" });
  const navigate = useNavigate();
  const set = useSet(() => params().key);
  const again = useSetRun(() => search().again);
  // The values of a set run that is gone are not waited for.
  const ready = () => search().again === undefined || again.data !== undefined || again.error !== null;
  usePageTitle(() => (set.data ? `Run ${set.data.name}` : "Run a set"));
  return (
    <div class="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-4">
      <Switch fallback={<p class="py-16 text-center text-quiet">Reading the set…</p>}>
        <Match when={set.data?.deleted}>
          <Unusable why="This set has been deleted. Save it again to restore it." />
        </Match>
        <Match when={ready() && set.data}>
          {(read) => (
            <>
              <div class="min-w-0 wrap-anywhere">
                <h1 class="text-xl font-semibold" dir="auto">
                  Run {read().name}
                </h1>
                <p class="text-quiet">
                  {read().description}{" "}
                  <Link to="/sets/$key" params={{ key: read().key }} class="text-accent hover:underline">
                    version {read().version}
                  </Link>
                </p>
              </div>
              <Show when={`${read().key} ${read().version}`} keyed>
                <RunSetForm
                  set={read()}
                  again={again.data?.parameters ?? {}}
                  onStarted={(id) => navigate({ to: "/set-runs/$id", params: { id } })}
                />
              </Show>
            </>
          )}
        </Match>
        <Match when={set.error}>
          <Unusable why={set.error} />
        </Match>
      </Switch>
    </div>
  );
}

function Unusable(props: { why: Error | string | null }) {
  return <NotShown title="This set cannot be run" why={props.why} to="/sets" words="Go to the sets" />;
}

import { useNavigate, useSearch } from "@tanstack/solid-router";
import { createMemo, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { type RunSummary, useRunIssues } from "../data/runs.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { RejectedTable } from "./rejected-table.tsx";

/** The rejected records with their original columns, the faulty cells marked. */
export function RunIssues(props: { run: RunSummary }) {
  const search = useSearch({ from: "/runs/$run" });
  const navigate = useNavigate({ from: "/runs/$run" });
  const filter = () => ({ code: search().code, field: search().field });
  const issues = useRunIssues(() => props.run.id, filter);
  const records = createMemo(() => issues.data?.pages.flatMap((page) => page.items) ?? []);
  const header = () => issues.data?.pages[0]?.header ?? [];
  const filtered = () => search().code !== undefined || search().field !== undefined;
  return (
    <>
      <Show when={filtered()}>
        <div class="mb-3 flex flex-wrap items-center gap-3">
          <p>
            Only records with <strong>{search().code}</strong> in{" "}
            <strong>{search().field || "the whole record"}</strong>
          </p>
          <Button onClick={() => navigate({ search: { tab: "issues" }, replace: true })}>Show all</Button>
        </div>
      </Show>
      <Switch>
        <Match when={issues.error}>
          <Notice look="bad">{toFault(issues.error).message}</Notice>
        </Match>
        <Match when={issues.isPending}>
          <p class="py-16 text-center text-quiet">Reading the records…</p>
        </Match>
        <Match when={records().length > 0}>
          <RejectedTable header={header()} records={records()} />
          <Show when={issues.hasNextPage}>
            <div class="mt-3 text-center">
              <Button onClick={() => issues.fetchNextPage()} disabled={issues.isFetchingNextPage}>
                More records
              </Button>
            </div>
          </Show>
        </Match>
        <Match when={true}>
          <p class="rounded-lg border border-dashed border-line py-16 text-center text-quiet">
            {filtered() ? "No rejected record fits the filter." : "No record was rejected."}
          </p>
        </Match>
      </Switch>
    </>
  );
}

import { For, Match, Show, Switch } from "solid-js";
import { toFault } from "../data/api.ts";
import { useRunLog } from "../data/runs.ts";
import { Button } from "../ui/button.tsx";
import { formatExactTime, formatMoment } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";

const levelClass = { info: "text-quiet", warning: "text-warn", error: "text-bad" } as const;

/** The run's own dated log. */
export function RunLog(props: { run: string }) {
  const log = useRunLog(() => props.run);
  const lines = () => log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Switch>
      <Match when={log.error}>
        <Notice look="bad">{toFault(log.error).message}</Notice>
      </Match>
      <Match when={log.isPending}>
        <p class="py-16 text-center text-quiet">Reading the log…</p>
      </Match>
      <Match when={true}>
        <ol class="divide-y divide-line rounded-lg border border-line bg-card">
          <For each={lines()}>
            {(line) => (
              <li class="grid gap-x-4 px-3 py-2 sm:grid-cols-[12rem_5rem_1fr]">
                <time dateTime={line.at} title={formatExactTime(line.at)} class="text-quiet tabular-nums">
                  {formatMoment(line.at)}
                </time>
                <span class={levelClass[line.level]}>{line.level}</span>
                <span class="min-w-0 wrap-anywhere whitespace-pre-line">{line.message}</span>
              </li>
            )}
          </For>
        </ol>
        <Show when={log.hasNextPage}>
          <div class="mt-3 text-center">
            <Button onClick={() => log.fetchNextPage()} disabled={log.isFetchingNextPage}>
              More lines
            </Button>
          </div>
        </Show>
      </Match>
    </Switch>
  );
}

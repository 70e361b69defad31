import { Link } from "@tanstack/solid-router";
import { type RunPhase, runPhases } from "@waybill/core/run/status";
import { For, Show } from "solid-js";
import { type RunSummary, useRun } from "../data/runs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";

const progressClass = "h-2 w-full accent-[var(--accent)]";

/** Waits for the end of a run, phase by phase, then says how it ended and leads on. Leaving stops nothing. */
export function RunProgress(props: { runId: string; onAnother: () => void }) {
  const run = useRun(() => props.runId);
  return (
    <Card>
      <Show when={run.data} fallback={<p class="text-quiet">Starting…</p>}>
        {(summary) => (
          <div class="grid gap-4">
            <div role="status" class="grid gap-1">
              <p class="text-lg font-semibold break-words">{summary().name}</p>
              <StatusBadge status={summary().status} />
            </div>
            <Show
              when={summary().status === "in_progress"}
              fallback={
                <p class="tabular-nums">
                  {formatNumber(summary().counts.read)} read, {formatNumber(summary().counts.accepted)} accepted,{" "}
                  {formatNumber(summary().counts.skipped)} skipped, {formatNumber(summary().counts.rejected)} rejected
                </p>
              }
            >
              <Phases phase={summary().phase} />
              <Show when={loadedShare(summary())} fallback={<progress class={progressClass} aria-label="Progress" />}>
                {(share) => <progress class={progressClass} max="100" value={share()} aria-label="Progress" />}
              </Show>
              <p class="text-sm text-quiet">You may leave this page: the run goes on.</p>
            </Show>
            <Show when={summary().failure}>{(failure) => <Notice look="bad">{failure().message}</Notice>}</Show>
            <For each={summary().warnings}>{(warning) => <Notice look="warn">{warning.message}</Notice>}</For>
            <div class="flex flex-wrap gap-2">
              <Link to="/runs/$run" params={{ run: props.runId }} class={buttonClass("primary")}>
                Run Summary
              </Link>
              <Button onClick={() => props.onAnother()}>Run another</Button>
            </div>
          </div>
        )}
      </Show>
    </Card>
  );
}

/** Percentage of the file that is loaded; null, for a bar that only moves, while that is not known. */
function loadedShare({ phase, progress }: RunSummary): number | null {
  return phase === "loading" ? progress : null;
}

function Phases(props: { phase: RunPhase | null }) {
  const at = () => (props.phase === null ? -1 : runPhases.indexOf(props.phase));
  return (
    <ol class="flex flex-wrap gap-x-4 gap-y-1">
      <For each={runPhases}>
        {(phase, index) => (
          <li
            aria-current={phase === props.phase ? "step" : undefined}
            classList={{ "text-good": index() < at(), "font-semibold": index() === at(), "text-quiet": index() > at() }}
          >
            {index() < at() ? "✓ " : ""}
            {phase}
          </li>
        )}
      </For>
    </ol>
  );
}

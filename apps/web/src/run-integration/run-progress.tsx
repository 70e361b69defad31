import { Link } from "@tanstack/solid-router";
import { type RunPhase, runPhases } from "@waybill/core/run/status";
import { For, onMount, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type RunSummary, useRun } from "../data/runs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";

/** Waits for the end of a run, phase by phase, then says how it ended and leads on. Leaving stops nothing. */
export function RunProgress(props: { runId: string; onAnother: () => void }) {
  const run = useRun(() => props.runId);
  let panel!: HTMLDivElement;
  onMount(() => panel.focus());
  return (
    <div ref={panel} tabindex="-1">
      <Card>
        <Show
          when={run.data}
          fallback={
            <Show when={run.error} fallback={<p class="text-quiet">Starting…</p>}>
              <Notice look="bad">{toFault(run.error).message}</Notice>
            </Show>
          }
        >
          {(summary) => <Progress run={summary()} onAnother={props.onAnother} />}
        </Show>
      </Card>
    </div>
  );
}

function Progress(props: { run: RunSummary; onAnother: () => void }) {
  return (
    <div class="grid gap-4">
      <div role="status" class="grid gap-1">
        <p class="text-lg font-semibold wrap-anywhere" dir="auto">
          {props.run.name}
        </p>
        <p class="flex flex-wrap gap-x-3">
          <StatusBadge status={props.run.status} />
          <Show when={props.run.test}>
            <span class="text-quiet">Test run: nothing is kept in the destination</span>
          </Show>
        </p>
      </div>
      <Show
        when={props.run.status === "in_progress"}
        fallback={
          <p class="tabular-nums">
            {formatNumber(props.run.counts.read)} read, {formatNumber(props.run.counts.accepted)} accepted,{" "}
            {formatNumber(props.run.counts.skipped)} skipped, {formatNumber(props.run.counts.rejected)} rejected
          </p>
        }
      >
        <Phases phase={props.run.phase} />
        <Show when={loadedShare(props.run)} fallback={<progress aria-label="Progress" />}>
          {(share) => <progress max="100" value={share()} aria-label="Progress" />}
        </Show>
        <p class="text-sm text-quiet tabular-nums">
          <Show when={loadedShare(props.run)}>
            {(share) => (
              <>
                {share()} %, {formatNumber(props.run.counts.read)} read.{" "}
              </>
            )}
          </Show>
          You may leave this page: the run goes on.
        </p>
      </Show>
      <Show when={props.run.failure}>{(failure) => <Notice look="bad">{failure().message}</Notice>}</Show>
      <Show when={props.run.waiting}>{(waiting) => <Notice look="warn">Waiting: {waiting().message}</Notice>}</Show>
      <For each={props.run.warnings}>{(warning) => <Notice look="warn">{warning.message}</Notice>}</For>
      <For each={props.run.notes}>{(note) => <Notice>{note.message}</Notice>}</For>
      <div class="flex flex-wrap gap-2">
        <Link to="/runs/$run" params={{ run: props.run.id }} class={buttonClass("primary")}>
          Run Summary
        </Link>
        <Button onClick={() => props.onAnother()}>Run another</Button>
      </div>
    </div>
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

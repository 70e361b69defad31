import { Link } from "@tanstack/solid-router";
import { describeDuration } from "@waybill/core/run/describe-run";
import { createEffect, createSignal, For, onCleanup, Show } from "solid-js";
import type { SetRunStep, SetRunSummary } from "../data/sets.ts";
import { Card } from "../ui/card.tsx";
import { formatExactTime, formatNumber, formatTime } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";
import { barOf } from "./time-line.model.ts";

const tickMilliseconds = 1_000;

/** The steps of a set run, from the top down, each with its share of the time. */
export function TimeLine(props: { setRun: SetRunSummary }) {
  const [now, setNow] = createSignal(new Date());
  createEffect(() => {
    if (props.setRun.status !== "in_progress") return;
    const timer = setInterval(() => setNow(new Date()), tickMilliseconds);
    onCleanup(() => clearInterval(timer));
  });
  return (
    <Card title="Steps">
      <ol aria-label="Steps">
        <For each={props.setRun.steps}>{(step) => <StepItem step={step} setRun={props.setRun} now={now()} />}</For>
      </ol>
    </Card>
  );
}

const dotClass: Record<SetRunStep["status"], string> = {
  waiting: "border-line bg-card",
  in_progress: "border-busy bg-busy",
  completed: "border-good bg-good",
  completed_with_errors: "border-warn bg-warn",
  failed: "border-bad bg-bad",
  cancelled: "border-quiet bg-quiet",
  skipped: "border-quiet bg-card",
};

function StepItem(props: { step: SetRunStep; setRun: SetRunSummary; now: Date }) {
  const going = () => props.step.status === "in_progress";
  const until = () => props.step.finishedAt ?? (going() ? props.now.toISOString() : null);
  const bar = () => barOf(props.step, props.setRun, props.now);
  return (
    <li
      data-step={props.step.key}
      aria-current={going() ? "step" : undefined}
      class="relative grid gap-1 border-l-2 border-line pb-6 pl-5 last:border-transparent last:pb-1"
    >
      <span
        aria-hidden="true"
        class={`absolute top-1 -left-[0.4375rem] size-3 rounded-full border-2 ${dotClass[props.step.status]}`}
      />
      <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 class="mr-auto min-w-0 font-medium wrap-anywhere">
          {props.step.position}. {props.step.name}
          <Show when={props.step.key !== props.step.name}>
            <span class="font-normal text-quiet"> {props.step.key}</span>
          </Show>
        </h3>
        <StatusBadge status={props.step.status} />
      </div>
      <Show when={bar()}>
        {(place) => (
          <div class="h-1.5 overflow-hidden rounded-full bg-line" aria-hidden="true">
            <div
              class={`h-full rounded-full ${barClass(props.step)}`}
              style={{ "margin-left": `${place().left}%`, width: `${place().width}%` }}
            />
          </div>
        )}
      </Show>
      <p class="flex flex-wrap gap-x-3 text-sm text-quiet tabular-nums empty:hidden">
        <Show when={props.step.startedAt}>{(at) => <span title={formatExactTime(at())}>{formatTime(at())}</span>}</Show>
        <Show when={props.step.startedAt && props.step.run}>
          <span>{describeDuration(props.step.startedAt, until())}</span>
        </Show>
        <Show when={props.step.counts}>
          {(counts) => (
            <span>
              {formatNumber(counts().read)} read,{" "}
              <span classList={{ "text-warn": counts().rejected > 0 }}>{formatNumber(counts().rejected)} rejected</span>
            </span>
          )}
        </Show>
      </p>
      <Show when={props.step.run}>
        {(run) => (
          <p class="text-sm">
            <Link
              to="/runs/$run"
              params={{ run: run().id }}
              class="text-accent wrap-anywhere hover:underline"
              dir="auto"
            >
              {run().name}
            </Link>
          </p>
        )}
      </Show>
      <Show when={props.step.note}>
        {(note) => (
          <p class="text-sm wrap-anywhere" classList={{ "text-bad": props.step.status === "failed" }}>
            {note().message}
          </p>
        )}
      </Show>
      <Show when={!props.step.abortOnFailure}>
        <p class="text-sm text-quiet">The set goes on when it fails.</p>
      </Show>
    </li>
  );
}

function barClass({ status }: SetRunStep): string {
  const looks = { completed: "bg-good", completed_with_errors: "bg-warn", failed: "bg-bad", in_progress: "bg-busy" };
  return status in looks ? looks[status as keyof typeof looks] : "bg-quiet";
}

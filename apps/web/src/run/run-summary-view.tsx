import { Link } from "@tanstack/solid-router";
import { sentenceOf } from "@waybill/core/record/issue-code";
import { For, Show } from "solid-js";
import type { RunSummary } from "../data/runs.ts";
import { Card } from "../ui/card.tsx";
import { Notice } from "../ui/notice.tsx";
import { RunCounts } from "./run-counts.tsx";
import { RunDetails } from "./run-details.tsx";

/** The Run Summary: what happened, why, and with what. */
export function RunSummaryView(props: { run: RunSummary }) {
  return (
    <div class="grid gap-4 lg:grid-cols-[3fr_2fr] lg:items-start">
      <div class="grid min-w-0 gap-4">
        <Show when={props.run.failure}>
          {(failure) => (
            <Notice look="bad">
              <strong>{failure().code}</strong>: {failure().message}
            </Notice>
          )}
        </Show>
        <Show when={props.run.waiting}>{(waiting) => <Notice look="warn">Waiting: {waiting().message}</Notice>}</Show>
        <For each={props.run.warnings}>{(warning) => <Notice look="warn">{warning.message}</Notice>}</For>
        <For each={props.run.notes}>{(note) => <Notice>{note.message}</Notice>}</For>
        <Card title="Records">
          <RunCounts run={props.run} />
        </Card>
        <Show when={props.run.issues.length > 0}>
          <Card title="Issues">
            <IssueCounts run={props.run} />
          </Card>
        </Show>
      </div>
      <RunDetails run={props.run} />
    </div>
  );
}

function IssueCounts(props: { run: RunSummary }) {
  return (
    <ul class="divide-y divide-line">
      <For each={props.run.issues}>
        {(issue) => (
          <li class="flex gap-3 py-1.5">
            <span class="w-12 shrink-0 text-right font-medium tabular-nums">{issue.count}</span>
            <span class="min-w-0">
              <Link
                to="/runs/$run"
                params={{ run: props.run.id }}
                search={{ tab: "issues", code: issue.code, field: issue.field ?? "" }}
                class="font-medium text-accent break-words hover:underline"
              >
                {issue.field ?? "whole record"}: {issue.code}
              </Link>
              <span class="block text-sm text-quiet">{sentenceOf(issue.code)}</span>
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}

import { Link } from "@tanstack/solid-router";
import { describeDuration, describeParameter, describeSignature } from "@waybill/core/run/describe-run";
import { For, type JSX, Show } from "solid-js";
import type { RunSummary } from "../data/runs.ts";
import { Card } from "../ui/card.tsx";
import { DetailRow } from "../ui/detail-row.tsx";
import { formatBytes, formatExactTime, formatNumber, formatTime } from "../ui/format.ts";
import { StartedBySchedule } from "./started-by-schedule.tsx";

/** With what the run was made, and how long each phase took. */
export function RunDetails(props: { run: RunSummary }) {
  return (
    <div class="grid min-w-0 gap-4">
      <Card title="Details">
        <dl class="grid gap-2">
          <DetailRow name="Integration">
            {props.run.integrationName} <span class="text-quiet">version {props.run.version}</span>
          </DetailRow>
          <DetailRow name="Started">
            <span title={formatExactTime(props.run.startedAt)}>{formatTime(props.run.startedAt)}</span>{" "}
            <span class="text-quiet">by {props.run.startedBy}</span>
          </DetailRow>
          <DetailRow name="Took">{describeDuration(props.run.startedAt, props.run.finishedAt)}</DetailRow>
          <For each={Object.entries(props.run.parameters)}>
            {([key, value]) => <DetailRow name={key}>{describeParameter(value)}</DetailRow>}
          </For>
          <Show when={props.run.setRun}>
            {(setRun) => (
              <DetailRow name="Step of">
                <Link to="/set-runs/$id" params={{ id: setRun().id }} class="text-accent hover:underline">
                  {setRun().name}
                </Link>
                <span class="text-quiet">, {setRun().step}</span>
              </DetailRow>
            )}
          </Show>
          <StartedBySchedule schedule={props.run.schedule} />
          <Show when={props.run.fromRun}>
            {(from) => (
              <DetailRow name={isResubmission(props.run) ? "Records of" : "Run again from"}>
                {runLink(from())}
              </DetailRow>
            )}
          </Show>
          <For each={props.run.madeRuns}>
            {(made) => (
              <DetailRow name={isResubmission(made) ? "Resubmitted as" : "Run again as"}>
                {runLink(made)}
                <Show when={made.resolved !== null}>
                  <span class="text-quiet">, resolved {formatNumber(made.resolved ?? 0)}</span>
                </Show>
              </DetailRow>
            )}
          </For>
        </dl>
      </Card>
      <Card title="Files">
        <ul class="grid gap-3">
          <For each={props.run.files}>{(file) => <FileItem file={file} />}</For>
        </ul>
      </Card>
      <Card title="Phases">
        <ol class="grid gap-1">
          <For each={props.run.phases}>
            {(time) => (
              <li class="flex justify-between gap-3">
                <span>{time.phase}</span>
                <span class="text-quiet tabular-nums">{describeDuration(time.startedAt, time.finishedAt)}</span>
              </li>
            )}
          </For>
        </ol>
      </Card>
    </div>
  );
}

function FileItem(props: { file: RunSummary["files"][number] }) {
  return (
    <li class="min-w-0">
      <p class="font-medium wrap-anywhere" dir="auto">
        {props.file.name}
      </p>
      <p class="text-sm text-quiet">
        {props.file.key ?? "Source file"}, {formatBytes(props.file.bytes)}
        <Show when={props.file.layers.length > 1}>, {props.file.layers.join(" › ")}</Show>
        <Show when={props.file.signedBy}>{(signature) => <>, {describeSignature(signature())}</>}</Show>
      </p>
      <p class="truncate text-sm text-quiet" title={props.file.sha256}>
        SHA-256 {props.file.sha256}
      </p>
    </li>
  );
}

function isResubmission(run: Pick<RunSummary, "trigger">): boolean {
  return run.trigger === "resubmit";
}

function runLink(run: { id: string; name: string }): JSX.Element {
  return (
    <Link to="/runs/$run" params={{ run: run.id }} class="text-accent hover:underline">
      {run.name}
    </Link>
  );
}

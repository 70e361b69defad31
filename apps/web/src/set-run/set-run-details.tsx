import { Link } from "@tanstack/solid-router";
import { describeDuration, describeParameter } from "@waybill/core/run/describe-run";
import { For, type JSX, Show } from "solid-js";
import type { SetRunSummary } from "../data/sets.ts";
import { StartedBySchedule } from "../run/started-by-schedule.tsx";
import { Card } from "../ui/card.tsx";
import { DetailRow } from "../ui/detail-row.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";

/** With what a set run was made, and the set runs that it goes on from and that go on from it. */
export function SetRunDetails(props: { setRun: SetRunSummary }) {
  return (
    <Card title="Details">
      <dl class="grid gap-2">
        <DetailRow name="Set">
          <Link to="/sets/$key" params={{ key: props.setRun.set }} class="text-accent hover:underline">
            {props.setRun.setName}
          </Link>{" "}
          <span class="text-quiet">version {props.setRun.version}</span>
        </DetailRow>
        <DetailRow name="Started">
          <span title={formatExactTime(props.setRun.createdAt)}>{formatTime(props.setRun.createdAt)}</span>{" "}
          <span class="text-quiet">by {props.setRun.startedBy}</span>
        </DetailRow>
        <DetailRow name="Took">{describeDuration(props.setRun.createdAt, props.setRun.finishedAt)}</DetailRow>
        <For each={Object.entries(props.setRun.parameters)}>
          {([key, value]) => <DetailRow name={key}>{describeParameter(value)}</DetailRow>}
        </For>
        <StartedBySchedule schedule={props.setRun.schedule} />
        <Show when={props.setRun.fromSetRun}>
          {(from) => <DetailRow name="Resumes">{setRunLink(from())}</DetailRow>}
        </Show>
        <Show when={props.setRun.resumedBy}>{(by) => <DetailRow name="Resumed by">{setRunLink(by())}</DetailRow>}</Show>
      </dl>
    </Card>
  );
}

function setRunLink(setRun: { id: string; name: string }): JSX.Element {
  return (
    <Link to="/set-runs/$id" params={{ id: setRun.id }} class="text-accent hover:underline">
      {setRun.name}
    </Link>
  );
}

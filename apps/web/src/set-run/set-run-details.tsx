import { Link } from "@tanstack/solid-router";
import { describeDuration, describeParameter } from "@waybill/core/run/describe-run";
import { For, type JSX, Show } from "solid-js";
import type { SetRunSummary } from "../data/sets.ts";
import { Card } from "../ui/card.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";

/** With what a set run was made, and the set runs that it goes on from and that go on from it. */
export function SetRunDetails(props: { setRun: SetRunSummary }) {
  return (
    <Card title="Details">
      <dl class="grid gap-2">
        <Row name="Set">
          <Link to="/sets/$key" params={{ key: props.setRun.set }} class="text-accent hover:underline">
            {props.setRun.setName}
          </Link>{" "}
          <span class="text-quiet">version {props.setRun.version}</span>
        </Row>
        <Row name="Started">
          <span title={formatExactTime(props.setRun.createdAt)}>{formatTime(props.setRun.createdAt)}</span>{" "}
          <span class="text-quiet">by {props.setRun.startedBy}</span>
        </Row>
        <Row name="Took">{describeDuration(props.setRun.createdAt, props.setRun.finishedAt)}</Row>
        <For each={Object.entries(props.setRun.parameters)}>
          {([key, value]) => <Row name={key}>{describeParameter(value)}</Row>}
        </For>
        <Show when={props.setRun.fromSetRun}>{(from) => <Row name="Resumes">{setRunLink(from())}</Row>}</Show>
        <Show when={props.setRun.resumedBy}>{(by) => <Row name="Resumed by">{setRunLink(by())}</Row>}</Show>
      </dl>
    </Card>
  );
}

function Row(props: { name: string; children: JSX.Element }) {
  return (
    <div class="grid grid-cols-[7rem_1fr] gap-2">
      <dt class="text-quiet wrap-anywhere">{props.name}</dt>
      <dd class="min-w-0 wrap-anywhere">{props.children}</dd>
    </div>
  );
}

function setRunLink(setRun: { id: string; name: string }): JSX.Element {
  return (
    <Link to="/set-runs/$id" params={{ id: setRun.id }} class="text-accent hover:underline">
      {setRun.name}
    </Link>
  );
}

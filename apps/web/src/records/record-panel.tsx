import { Link } from "@tanstack/solid-router";
import { createEffect, createSignal, type JSX, on, onCleanup, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type RejectedRecord, useRecord, useReopenRecords } from "../data/records.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import type { Desk } from "./desk.ts";
import { DismissDialog } from "./dismiss-dialog.tsx";
import { RecordHistory } from "./record-history.tsx";
import { RecordStatus } from "./record-status.tsx";
import { RecordValues } from "./record-values.tsx";

const restMilliseconds = 150;

/** Everything about the record at hand: what it says, where it came from, what happened to it. */
export function RecordPanel(props: { desk: Desk }) {
  return (
    <aside
      aria-label="Record"
      class="min-w-0 rounded-lg border border-line bg-card text-sm lg:col-span-2 xl:col-span-1 xl:max-h-[max(24rem,calc(100dvh-14rem))] xl:overflow-y-auto"
    >
      <Show when={props.desk.activeRecord()} fallback={<p class="p-4 text-quiet">Choose a record to see all of it.</p>}>
        {(record) => <Details desk={props.desk} record={record()} />}
      </Show>
    </aside>
  );
}

function Details(props: { desk: Desk; record: RejectedRecord }) {
  // Whoever goes through the list by keyboard asks for the records at which they stop.
  const [rested, setRested] = createSignal<string>();
  createEffect(
    on(
      () => props.record.id,
      (id) => {
        const timer = setTimeout(() => setRested(id), restMilliseconds);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
  const details = useRecord(rested);
  const known = () => (details.data?.id === props.record.id ? details.data : undefined);
  return (
    <div class="grid gap-4 p-4">
      <header class="flex items-baseline justify-between gap-3">
        <h2 class="text-base font-semibold">Line {props.record.line}</h2>
        <RecordStatus
          state={props.record.state}
          issues={props.desk.row(props.record).issues.length}
          draft={props.desk.drafts.of(props.record.id)?.status}
        />
      </header>
      <Actions desk={props.desk} record={props.record} />
      <RecordValues desk={props.desk} record={props.record} />
      <dl class="grid gap-1">
        <Row name="Came in">{runLink(props.record.run)}</Row>
        <Show when={known()?.sourceFile}>
          {(file) => (
            <Row name="File">
              <a
                href={`/runs/${props.record.run.id}/source`}
                download=""
                class="text-accent hover:underline"
                dir="auto"
              >
                {file().name}
              </a>
              , line {props.record.line}
            </Row>
          )}
        </Show>
        <Show when={props.record.resubmittedIn}>
          {(run) => (
            <Row name={props.record.state === "resolved" ? "Resolved by" : "Sent again in"}>{runLink(run())}</Row>
          )}
        </Show>
        <Row name="Assigned to">{props.record.assignee ?? "nobody"}</Row>
      </dl>
      <Show when={details.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <Show when={known()}>{(found) => <RecordHistory history={found().history} />}</Show>
    </div>
  );
}

function Actions(props: { desk: Desk; record: RejectedRecord }) {
  const [asked, setAsked] = createSignal<"dismiss" | "assign" | null>(null);
  const reopen = useReopenRecords();
  const of = () => ({ records: [props.record.id] });
  const done = () => props.desk.list.refresh();
  return (
    <>
      <div class="flex flex-wrap gap-2 empty:hidden">
        <Show when={props.record.state === "open"}>
          <Button onClick={() => setAsked("dismiss")}>Dismiss…</Button>
          <Button onClick={() => setAsked("assign")}>Assign…</Button>
        </Show>
        <Show when={props.record.state === "open" && props.record.laidOut}>
          <Button onClick={() => props.desk.drafts.write([{ record: props.record.id, values: {} }])}>
            Take as laid out
          </Button>
        </Show>
        <Show when={props.record.state === "dismissed"}>
          <Button disabled={reopen.isPending} onClick={() => reopen.mutate({ of: of() }, { onSuccess: done })}>
            Reopen
          </Button>
        </Show>
      </div>
      <Show when={reopen.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <DismissDialog open={asked() === "dismiss"} onClose={() => setAsked(null)} of={of} count={1} onDone={done} />
      <AssignDialog open={asked() === "assign"} onClose={() => setAsked(null)} of={of} count={1} onDone={done} />
    </>
  );
}

function Row(props: { name: string; children: JSX.Element }) {
  return (
    <div class="grid grid-cols-[6.5rem_1fr] gap-2">
      <dt class="text-quiet">{props.name}</dt>
      <dd class="min-w-0 wrap-anywhere">{props.children}</dd>
    </div>
  );
}

function runLink(run: { id: string; name: string }): JSX.Element {
  return (
    <Link to="/runs/$run" params={{ run: run.id }} class="text-accent hover:underline" dir="auto">
      {run.name}
    </Link>
  );
}

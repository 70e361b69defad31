import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Index, Show } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import type { Desk } from "./desk.ts";
import { cameAs } from "./layout.model.ts";

/** Each column of a record with its text, what is wrong with it, and as what it came. */
export function RecordValues(props: { desk: Desk; record: RejectedRecord }) {
  const row = () => props.desk.row(props.record);
  const issuesAt = (column: number) =>
    row().issues.filter((issue) => props.desk.columnOf(props.record, issue) === column);
  const came = () => cameAs(props.record, row().columns);
  const cameAt = (at: number) => {
    const text = came()?.[at];
    return text === row().texts[at] ? undefined : text;
  };
  return (
    <>
      <Faults messages={issuesAt(-1).map((issue) => issue.message)} />
      <dl class="divide-y divide-line border-y border-line">
        <Index each={row().columns}>
          {(name, at) => (
            <div class="grid grid-cols-[6.5rem_1fr] gap-x-2 py-1.5">
              <dt class="text-quiet wrap-anywhere" dir="auto">
                {name()}
              </dt>
              <dd class="min-w-0">
                <p
                  class="whitespace-pre-wrap wrap-anywhere"
                  classList={{ "text-bad font-medium": issuesAt(at).length > 0 }}
                  dir="auto"
                >
                  {row().texts[at] || <span class="text-quiet">(empty)</span>}
                </p>
                <Show when={cameAt(at) !== undefined}>
                  <p class="text-quiet wrap-anywhere">came as {cameAt(at) || "(empty)"}</p>
                </Show>
                <Faults messages={issuesAt(at).map((issue) => issue.message)} />
              </dd>
            </div>
          )}
        </Index>
      </dl>
      <Show when={came() === null}>
        <p class="text-quiet wrap-anywhere" dir="auto">
          Came as {(props.record.original ?? props.record.values).join(" ⏐ ")}
        </p>
      </Show>
      <Show when={props.record.laidOut}>{(laidOut) => <LaidOut beyond={laidOut().beyond} />}</Show>
    </>
  );
}

function LaidOut(props: { beyond: string[] }) {
  return (
    <p class="wrap-anywhere">
      Its row does not fit the columns, so it is laid out under them as far as it goes.
      <Show when={props.beyond.length > 0}>
        {" "}
        An edit leaves out what has no column:{" "}
        <strong dir="auto">{props.beyond.map((text) => `“${text}”`).join(", ")}</strong>
      </Show>
    </p>
  );
}

function Faults(props: { messages: string[] }) {
  return (
    <For each={props.messages}>
      {(message) => (
        <p class="flex gap-1.5 text-bad wrap-anywhere">
          <TriangleAlert size={13} class="mt-1 shrink-0" aria-hidden="true" /> {message}
        </p>
      )}
    </For>
  );
}

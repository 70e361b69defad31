import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Index, Show } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import type { Desk } from "./desk.ts";

/** Each column of a record with its text, what is wrong with it, and as what it came. */
export function RecordValues(props: { desk: Desk; record: RejectedRecord }) {
  const row = () => props.desk.row(props.record);
  const issuesAt = (column: number) =>
    row().issues.filter((issue) => props.desk.columnOf(props.record, issue) === column);
  const came = () => props.record.original ?? props.record.values;
  const beyond = () => row().texts.slice(row().columns.length);
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
                <Show when={came()[at] !== row().texts[at]}>
                  <p class="text-quiet wrap-anywhere">came as {came()[at] || "(empty)"}</p>
                </Show>
                <Faults messages={issuesAt(at).map((issue) => issue.message)} />
              </dd>
            </div>
          )}
        </Index>
      </dl>
      <Show when={beyond().length > 0}>
        <p class="text-quiet wrap-anywhere">Beyond the columns: {beyond().join(" ⏐ ")}</p>
      </Show>
    </>
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

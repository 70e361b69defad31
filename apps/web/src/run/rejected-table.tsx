import type { RouterOutputs } from "@waybill/api";
import { For, Show } from "solid-js";

type RejectedRecord = RouterOutputs["runs"]["issues"]["items"][number];
type Issue = RejectedRecord["issues"][number];

/** One row for each record, as it stood in the file, with what is wrong beneath it. */
export function RejectedTable(props: { header: string[]; records: RejectedRecord[] }) {
  return (
    <section aria-label="Rejected records" tabindex="0" class="overflow-x-auto rounded-lg border border-line bg-card">
      <table class="w-full text-sm">
        <thead class="text-left text-quiet">
          <tr class="border-b border-line">
            <th class="px-3 py-2 text-right font-medium">Line</th>
            <For each={props.header}>{(name) => <th class="px-3 py-2 font-medium whitespace-nowrap">{name}</th>}</For>
          </tr>
        </thead>
        <For each={props.records}>{(record) => <RecordRows header={props.header} record={record} />}</For>
      </table>
    </section>
  );
}

function RecordRows(props: { header: string[]; record: RejectedRecord }) {
  const issueOf = (name: string) => props.record.issues.find((issue) => sameName(issue, name));
  const whole = () => props.record.values.length === props.header.length;
  return (
    <tbody class="border-b border-line last:border-0">
      <tr>
        <td class="px-3 pt-2 text-right align-top tabular-nums text-quiet">{props.record.line}</td>
        <Show
          when={whole()}
          fallback={
            <td colspan={props.header.length} class="max-w-0 truncate px-3 pt-2 font-mono">
              {props.record.values.join(" ⏐ ")}
            </td>
          }
        >
          <For each={props.header}>
            {(name, at) => (
              <td
                class="max-w-60 truncate px-3 pt-2 whitespace-pre"
                title={props.record.values[at()]}
                classList={{
                  "text-bad font-medium underline decoration-wavy underline-offset-4": issueOf(name) !== undefined,
                }}
              >
                {props.record.values[at()] || (issueOf(name) ? "(empty)" : "")}
              </td>
            )}
          </For>
        </Show>
      </tr>
      <tr>
        <td />
        <td colspan={Math.max(1, props.header.length)} class="px-3 pt-0.5 pb-2 text-quiet">
          <For each={props.record.issues}>
            {(issue) => (
              <p>
                {issue.message} <span class="opacity-80">({issue.code})</span>
              </p>
            )}
          </For>
        </td>
      </tr>
    </tbody>
  );
}

function sameName(issue: Issue, column: string): boolean {
  return issue.field?.toLowerCase() === column.trim().toLowerCase();
}

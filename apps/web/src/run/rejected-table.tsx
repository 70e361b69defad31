import type { RouterOutputs } from "@waybill/api";
import { For, Show } from "solid-js";

type RejectedRecord = RouterOutputs["runs"]["issues"]["items"][number];
type Issue = RejectedRecord["issues"][number];

/** One row for each record, as it stood in the file, with what is wrong beneath it. */
export function RejectedTable(props: { header: string[]; records: RejectedRecord[] }) {
  return (
    <section
      aria-label="Rejected records"
      tabindex="0"
      class="@container overflow-x-auto rounded-lg border border-line bg-card"
    >
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
              <td class="px-3 pt-2 align-top" title={props.record.values[at()]}>
                <Show when={issueOf(name)} fallback={<Text class="truncate">{props.record.values[at()] ?? ""}</Text>}>
                  <Text class="line-clamp-4 wrap-anywhere text-bad font-medium underline decoration-wavy underline-offset-4">
                    {props.record.values[at()] || "(empty)"}
                  </Text>
                </Show>
              </td>
            )}
          </For>
        </Show>
      </tr>
      <tr>
        <td colspan={props.header.length + 1} class="px-3 pt-0.5 pb-2 text-quiet">
          <div class="sticky left-3 w-fit max-w-[calc(100cqw-1.5rem)]">
            <For each={props.record.issues}>
              {(issue) => (
                <p class="wrap-anywhere">
                  {issue.message} ({issue.code})
                </p>
              )}
            </For>
          </div>
        </td>
      </tr>
    </tbody>
  );
}

/** The text of a cell as it stood, its spaces kept. */
function Text(props: { class: string; children: string }) {
  return (
    <span dir="auto" class={`block max-w-60 ${props.class}`}>
      {props.children}
    </span>
  );
}

function sameName(issue: Issue, column: string): boolean {
  return issue.field?.toLowerCase() === column.trim().toLowerCase();
}

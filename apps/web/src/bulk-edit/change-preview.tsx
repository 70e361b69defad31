import type { RecordIssue } from "@waybill/core/record/issue-code";
import ArrowRight from "lucide-solid/icons/arrow-right";
import CircleCheck from "lucide-solid/icons/circle-check";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Match, Show, Switch } from "solid-js";
import type { BulkEditPreview } from "../data/bulk-edits.ts";
import { Notice } from "../ui/notice.tsx";
import { CellText } from "./cell-text.tsx";
import { compareIssues, describePreview, type IssueFate } from "./preview.model.ts";

/** What a change would do: how many records it is about, and some of them before and after. */
export function ChangePreview(props: {
  /** What is still to be filled in before anything can be tried. */
  missing: string | undefined;
  preview: BulkEditPreview | undefined;
  /** Whether the preview is that of what is filled in now. */
  current: boolean;
  fault: string | undefined;
}) {
  return (
    <section aria-label="Preview" class="grid gap-2 border-t border-line pt-3">
      <Switch>
        <Match when={props.missing}>
          <p class="text-sm text-quiet">{props.missing} Nothing is changed before you have seen what it would do.</p>
        </Match>
        <Match when={props.fault}>
          <Notice look="bad">{props.fault}</Notice>
        </Match>
        <Match when={props.preview}>
          {(preview) => (
            <div class="grid gap-2" classList={{ "opacity-60": !props.current }} aria-busy={!props.current}>
              <p role="status" class="font-medium tabular-nums">
                {describePreview(preview())}
              </p>
              <Examples examples={preview().examples} />
            </div>
          )}
        </Match>
        <Match when={true}>
          <p class="text-sm text-quiet">Trying it…</p>
        </Match>
      </Switch>
    </section>
  );
}

function Examples(props: { examples: BulkEditPreview["examples"] }) {
  return (
    <Show when={props.examples.length > 0}>
      <section
        aria-label="Examples"
        tabindex="0"
        class="max-h-64 overflow-y-auto rounded-md border border-line focus-visible:outline-offset-0"
      >
        <ul class="divide-y divide-line text-sm">
          <For each={props.examples}>{(example) => <ExampleItem example={example} />}</For>
        </ul>
      </section>
    </Show>
  );
}

function ExampleItem(props: { example: BulkEditPreview["examples"][number] }) {
  return (
    <li class="grid gap-1 px-3 py-2">
      <p class="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span class="text-quiet tabular-nums">Record {props.example.recordNumber}</span>
        <CellText text={props.example.before} />
        <ArrowRight size={14} aria-label="becomes" role="img" class="shrink-0 self-center text-quiet" />
        <CellText text={props.example.after} />
      </p>
      <For each={compareIssues(props.example.issuesBefore, props.example.issuesAfter)}>
        {({ issue, fate }) => <IssueLine issue={issue} fate={fate} />}
      </For>
    </li>
  );
}

const fateWords: Record<IssueFate, string> = { goes: "Goes away: ", stays: "Stays: ", comes: "New: " };

function IssueLine(props: { issue: RecordIssue; fate: IssueFate }) {
  return (
    <p
      class="flex gap-1.5 wrap-anywhere"
      classList={{ "text-quiet": props.fate === "goes", "text-bad": props.fate !== "goes" }}
    >
      <Show
        when={props.fate === "goes"}
        fallback={<TriangleAlert size={14} aria-hidden="true" class="mt-1 shrink-0" />}
      >
        <CircleCheck size={14} aria-hidden="true" class="mt-1 shrink-0 text-good" />
      </Show>
      <span class="min-w-0">
        <span classList={{ "sr-only": props.fate !== "comes" }}>{fateWords[props.fate]}</span>
        <Show when={props.fate === "goes"} fallback={props.issue.message}>
          <s>{props.issue.message}</s>
        </Show>
      </span>
    </p>
  );
}

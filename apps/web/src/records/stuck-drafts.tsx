import { For, Show } from "solid-js";
import { shownRow } from "../data/records.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Desk } from "./desk.ts";
import type { Draft } from "./drafts.ts";

const shownMax = 5;

/** What was typed and could not be saved: nothing of it is lost, and somebody decides. */
export function StuckDrafts(props: { desk: Desk }) {
  const { drafts } = props.desk;
  const stuck = () => drafts.stuck();
  const failed = () => stuck().filter(([, draft]) => draft.status === "failed");
  return (
    <div class="grid gap-2 empty:hidden" aria-live="assertive">
      <For each={stuck().slice(0, shownMax)}>
        {([record, draft]) => <StuckDraft desk={props.desk} record={record} draft={draft} />}
      </For>
      <Show when={stuck().length > shownMax}>
        <Notice look="bad">And {stuck().length - shownMax} more records.</Notice>
      </Show>
      <Show when={failed().length > 1}>
        <Button class="justify-self-start" onClick={() => drafts.sendAgain(failed().map(([record]) => record))}>
          Save all {failed().length} again
        </Button>
      </Show>
    </div>
  );
}

function StuckDraft(props: { desk: Desk; record: string; draft: Draft }) {
  const desk = props.desk;
  const record = () => desk.list.find(props.record);
  const line = () => (record() ? `Line ${record()?.line}` : "A record");
  const theirs = (column: string) => {
    const found = record();
    return found ? (shownRow(found)[desk.list.columnsOf(found.run.id).indexOf(column)] ?? "") : "";
  };
  return (
    <Notice look="bad">
      <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div class="mr-auto min-w-0">
          <Show when={props.draft.status === "changed"} fallback={`${line()} was not saved: ${props.draft.said}`}>
            {line()}: {props.draft.said} changed this record since you read it.
          </Show>
          <ul class="text-ink">
            <For each={Object.entries(props.draft.values)}>
              {([column, mine]) => (
                <li dir="auto">
                  {column}: you wrote <strong>{mine || "(empty)"}</strong>
                  <Show when={props.draft.status === "changed"}>
                    , and it now says <strong>{theirs(column) || "(empty)"}</strong>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </div>
        <Button onClick={() => desk.drafts.drop(props.record)}>
          {props.draft.status === "changed" ? "Take theirs" : "Give up what I wrote"}
        </Button>
        <Button onClick={() => desk.drafts.sendAgain([props.record])}>
          {props.draft.status === "changed" ? "Write mine over it" : "Save it again"}
        </Button>
      </div>
    </Notice>
  );
}

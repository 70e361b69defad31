import ChevronDown from "lucide-solid/icons/chevron-down";
import ChevronUp from "lucide-solid/icons/chevron-up";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import type { Desk } from "./desk.ts";
import type { GridInput } from "./grid-input.ts";
import { KeysHelp } from "./keys-help.tsx";
import { leadingColumns } from "./layout.model.ts";

const shownMax = 3;

/** What is wrong with the record at hand, that of the active cell first; as it is typed away it goes from here too. */
export function IssueBar(props: { desk: Desk; input: GridInput }) {
  const desk = props.desk;
  const issues = () => {
    const record = desk.activeRecord();
    if (!record) return [];
    const column = desk.place().column - leadingColumns;
    const found = desk.row(record).issues.map((issue) => ({ issue, here: desk.columnOf(record, issue) === column }));
    return found.toSorted((one, other) => Number(other.here) - Number(one.here));
  };
  return (
    <div class="flex min-h-16 items-start gap-2 border-x border-b border-line bg-page px-3 py-2 text-sm">
      <div class="min-w-0 flex-1" aria-live="polite">
        <Show when={props.input.said()}>{(said) => <p class="text-quiet">{said()}</p>}</Show>
        <For
          each={issues().slice(0, shownMax)}
          fallback={
            <Show when={desk.activeRecord()}>{(record) => <Sound state={record().state} line={record().line} />}</Show>
          }
        >
          {({ issue, here }) => (
            <p class="flex gap-1.5 wrap-anywhere" classList={{ "text-quiet": !here, "text-bad": here }}>
              <TriangleAlert size={13} class="mt-1 shrink-0" aria-hidden="true" />
              <span>
                {issue.message} <span class="text-quiet">({issue.code})</span>
              </span>
            </p>
          )}
        </For>
        <Show when={issues().length > shownMax}>
          <p class="text-quiet">and {issues().length - shownMax} more</p>
        </Show>
      </div>
      <div class="flex gap-1">
        <KeysHelp />
        <Button
          class="px-2"
          aria-label="Previous issue"
          title="Previous issue (Shift+F8)"
          onClick={() => props.input.findIssue(-1)}
        >
          <ChevronUp size={16} aria-hidden="true" />
        </Button>
        <Button class="px-2" aria-label="Next issue" title="Next issue (F8)" onClick={() => props.input.findIssue(1)}>
          <ChevronDown size={16} aria-hidden="true" />
        </Button>
      </div>
    </div>
  );
}

function Sound(props: { state: string; line: number }) {
  return (
    <p class="text-quiet">
      Line {props.line}:{" "}
      {props.state === "open" ? "nothing is wrong any more; it is ready to be resubmitted." : "nothing to do."}
    </p>
  );
}

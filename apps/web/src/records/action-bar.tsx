import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import {
  type RecordCounts,
  type RejectedRecord,
  type Resubmission,
  useRecordCounts,
  useReopenRecords,
} from "../data/records.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { countRecords } from "./count-words.model.ts";
import type { Desk } from "./desk.ts";
import { DismissDialog } from "./dismiss-dialog.tsx";
import { type RecordsSearch, toFilter } from "./records-search.model.ts";
import { ResubmitDialog } from "./resubmit-dialog.tsx";

const isOpen = (record: RejectedRecord) => record.state === "open";
const isReady = (record: RejectedRecord) => isOpen(record) && record.issues.length === 0;
const isDismissed = (record: RejectedRecord) => record.state === "dismissed";

/** What can be done with the chosen records, or with all that the filter finds. */
export function ActionBar(props: {
  desk: Desk;
  search: RecordsSearch;
  counts: RecordCounts | undefined;
  onChangeAll: () => void;
  onResubmit: (made: Resubmission) => void;
}) {
  const { list, selected, drafts } = props.desk;
  const open = useRecordCounts(() => ({ ...toFilter(props.search), state: ["open"] }));
  const reopen = useReopenRecords();
  const [asked, setAsked] = createSignal<"resubmit" | "dismiss" | "assign" | null>(null);
  const named = () => !selected.all() && selected.count() > 0;
  const chosen = () => list.held().filter((record) => selected.has(record.id));
  const fitting = () => (props.search.state === undefined || props.search.state === "all" ? open.data : undefined);
  const openCount = () => (named() ? chosen().filter(isOpen).length : (fitting()?.total ?? 0));
  const readyCount = () => (named() ? chosen().filter(isReady).length : (fitting()?.ready ?? 0));
  const dismissedCount = () => (named() ? chosen().filter(isDismissed).length : (props.counts?.states.dismissed ?? 0));
  const close = () => setAsked(null);
  const done = () => {
    selected.clear();
    list.refresh();
  };
  return (
    <div class="rounded-b-lg border border-t-0 border-line bg-card p-2">
      <div class="flex flex-wrap items-center gap-2 text-sm" role="toolbar" aria-label="Actions">
        <p class="mr-auto px-1" aria-live="polite">
          <Show
            when={selected.count() > 0}
            fallback={<span class="text-quiet">All that fit: {countRecords(list.total() ?? 0)}</span>}
          >
            <strong class="font-medium tabular-nums">{formatNumber(selected.count())}</strong> selected{" "}
            <button type="button" class="text-accent hover:underline" onClick={() => selected.clear()}>
              Clear
            </button>
          </Show>
          <Show when={drafts.saving()}>
            <span class="text-quiet"> · saving…</span>
          </Show>
        </p>
        <Show when={dismissedCount() > 0}>
          <Button
            onClick={() => reopen.mutate({ of: selected.of(isDismissed) }, { onSuccess: done })}
            disabled={reopen.isPending}
          >
            Reopen {formatNumber(dismissedCount())}
          </Button>
        </Show>
        <Show when={openCount() > 0}>
          <Show when={!named()}>
            <Button onClick={() => props.onChangeAll()}>Change all…</Button>
          </Show>
          <Button onClick={() => setAsked("assign")}>Assign…</Button>
          <Button onClick={() => setAsked("dismiss")}>Dismiss…</Button>
          <Button look={readyCount() > 0 ? "primary" : "plain"} onClick={() => setAsked("resubmit")}>
            {readyCount() > 0 ? `Resubmit ${formatNumber(readyCount())} ready` : "Resubmit…"}
          </Button>
        </Show>
      </div>
      <Show when={reopen.error}>
        <p class="px-1 pt-2 text-sm text-bad">{toFault(reopen.error).message}</p>
      </Show>
      <ResubmitDialog
        open={asked() === "resubmit"}
        onClose={close}
        of={(withIssues) => selected.of(withIssues ? isOpen : isReady)}
        ready={readyCount()}
        withIssues={openCount() - readyCount()}
        onDone={(made) => {
          done();
          props.onResubmit(made);
        }}
      />
      <DismissDialog
        open={asked() === "dismiss"}
        onClose={close}
        of={() => selected.of(isOpen)}
        count={openCount()}
        onDone={done}
      />
      <AssignDialog
        open={asked() === "assign"}
        onClose={close}
        of={() => selected.of(isOpen)}
        count={openCount()}
        onDone={done}
      />
    </div>
  );
}

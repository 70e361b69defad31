import { createEffect, createSignal, For, onCleanup, Show } from "solid-js";
import { type BulkEdit, useBulkEdit, useBulkEditEnd, useBulkEdits } from "../data/bulk-edits.ts";
import { recentOf } from "./bulk-edit.model.ts";
import { BulkEditView } from "./bulk-edit-view.tsx";

const clockMilliseconds = 30_000;

/**
 * The bulk edits that are under way and those that have just been over; the earlier ones when somebody asks for them.
 * `onChanged` is called as each that was seen under way is over.
 */
export function BulkEditStrip(props: { onChanged: () => void }) {
  const edits = useBulkEdits();
  const [now, setNow] = createSignal(Date.now());
  const [all, setAll] = createSignal(false);
  const clock = setInterval(() => setNow(Date.now()), clockMilliseconds);
  onCleanup(() => clearInterval(clock));
  const listed = () => edits.data ?? [];
  const recent = () => recentOf(listed(), now());
  const shown = () => (all() ? listed() : recent());
  const earlier = () => listed().length - recent().length;
  return (
    <Show when={listed().length > 0}>
      <section
        aria-label="Bulk edits"
        classList={{ "rounded-lg border border-line bg-card px-3 py-2": shown().length > 0 }}
      >
        <ul class="divide-y divide-line">
          <For each={shown()}>{(edit) => <StripItem edit={edit} onChanged={props.onChanged} />}</For>
        </ul>
        <Show when={earlier() > 0}>
          <button
            type="button"
            aria-expanded={all()}
            class="py-1 text-sm text-accent hover:underline"
            onClick={() => setAll(!all())}
          >
            {all() ? "Hide earlier bulk edits" : `Earlier bulk edits (${earlier()})`}
          </button>
        </Show>
      </section>
    </Show>
  );
}

function StripItem(props: { edit: BulkEdit; onChanged: () => void }) {
  const running = () => props.edit.status === "in_progress";
  const followed = useBulkEdit(() => (running() ? props.edit.id : undefined));
  const end = useBulkEditEnd();
  const edit = () => (running() ? (followed.data ?? props.edit) : props.edit);
  createEffect((before: BulkEdit["status"] | undefined) => {
    const { status } = edit();
    if (before === "in_progress" && status !== "in_progress") end().then(props.onChanged);
    return status;
  });
  return (
    <li class="py-1.5 first:pt-0 last:pb-0">
      <BulkEditView edit={edit()} />
    </li>
  );
}

import { describeRecurrence } from "@waybill/core/schedule/recurrence/describe";
import { repeatedOffset } from "@waybill/core/schedule/recurrence/repeated-offset";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Show } from "solid-js";
import { formatZoned } from "../ui/format.ts";
import { type Preview, sayMoved } from "./preview.model.ts";
import { type ScheduleEditor, viewerZone } from "./schedule-editor.ts";

/** What the recurrence comes to as it is typed: a sentence, and the times that come next. */
export function SchedulePreview(props: { editor: ScheduleEditor }) {
  return (
    <section aria-labelledby="preview-title" class="sticky top-4 rounded-lg border border-line bg-card p-4">
      <h2 id="preview-title" class="mb-2 font-semibold">
        Preview
      </h2>
      <Show
        when={props.editor.preview()}
        fallback={<p class="text-quiet">What comes next is shown once it is clear when it occurs.</p>}
      >
        {(preview) => (
          <>
            <p aria-live="polite" class="wrap-anywhere">
              {describeRecurrence(preview().recurrence, { fromNow: props.editor.form.when.start === "" })}
            </p>
            <Times preview={preview()} timeZone={preview().recurrence.timeZone} />
          </>
        )}
      </Show>
    </section>
  );
}

function Times(props: { preview: Preview; timeZone: string }) {
  return (
    <table class="mt-3 w-full text-sm tabular-nums" aria-label="Next times">
      <thead class="text-left text-quiet">
        <tr class="border-b border-line align-bottom">
          <th class="py-1 pr-3 font-medium wrap-anywhere">{props.timeZone}</th>
          <Show when={props.preview.elsewhere}>
            <th class="py-1 font-medium wrap-anywhere">You ({viewerZone})</th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={props.preview.occurrences}>
          {(occurrence) => (
            <tr class="border-b border-line align-top last:border-0">
              <td class="py-1 pr-3">
                <time datetime={occurrence.at.toISOString()}>
                  {formatZoned(occurrence.at, props.timeZone)} {repeatedOffset(occurrence.at, props.timeZone)}
                </time>
                <Show when={sayMoved(occurrence)}>
                  {(said) => (
                    <p class="flex items-start gap-1 text-warn">
                      <TriangleAlert size={14} aria-hidden="true" class="mt-0.5 shrink-0" />
                      {said()}
                    </p>
                  )}
                </Show>
              </td>
              <Show when={props.preview.elsewhere}>
                <td class="py-1 whitespace-nowrap">
                  {formatZoned(occurrence.at, viewerZone, "short")} {repeatedOffset(occurrence.at, viewerZone)}
                </td>
              </Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

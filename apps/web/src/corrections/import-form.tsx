import { For, Show } from "solid-js";
import { FileField } from "../run-integration/file-field.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Import } from "./create-import.ts";
import type { Refusal } from "./import.model.ts";

/** Asks for the file. What is refused is told row by row, and the file can be chosen again. */
export function ImportForm(props: { taking: Import; onClose: () => void }) {
  const { taking } = props;
  const busy = () => taking.sent() !== null;
  return (
    <form
      class="mt-3 grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        taking.begin();
      }}
    >
      <FileField
        id="corrections"
        label="errors.csv"
        required
        help="As it was exported from here and corrected in a spreadsheet. Leave the column _waybill_id as it is: records are found by it."
        file={taking.file()}
        fault={taking.fault()}
        onChange={taking.choose}
      />
      <label class="flex items-start gap-2">
        <input
          type="checkbox"
          class="mt-1 size-4 accent-accent"
          checked={taking.resubmit()}
          onChange={(event) => taking.setResubmit(event.currentTarget.checked)}
        />
        <span>Resubmit what has no issue left</span>
      </label>
      <Show when={busy()}>
        <Sending share={taking.sent() ?? 0} name={taking.file()?.name ?? ""} />
      </Show>
      <Show when={taking.refusal()}>{(refusal) => <RefusalNotice refusal={refusal()} />}</Show>
      <div class="flex flex-wrap justify-end gap-2">
        <Button onClick={() => props.onClose()}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          disabled={taking.file() === null || taking.fault() !== undefined || busy()}
        >
          Import
        </Button>
      </div>
    </form>
  );
}

function Sending(props: { share: number; name: string }) {
  const whole = () => props.share >= 1;
  return (
    <div class="grid gap-1 text-sm">
      <p role="status" class="text-quiet wrap-anywhere">
        {whole() ? `Checking the records of ${props.name}…` : `Sending ${props.name}…`}
      </p>
      <Show when={whole()} fallback={<progress max="1" value={props.share} aria-label="Sent" />}>
        <progress aria-label="Checking" />
      </Show>
    </div>
  );
}

function RefusalNotice(props: { refusal: Refusal }) {
  return (
    <div class="grid gap-2">
      <Notice look="bad">{props.refusal.message}</Notice>
      <Show when={props.refusal.rows.length > 0}>
        <section
          aria-label="Faulty rows"
          tabindex="0"
          class="max-h-72 overflow-y-auto rounded-md border border-line focus-visible:outline-offset-0"
        >
          <ul class="divide-y divide-line text-sm">
            <For each={props.refusal.rows}>
              {({ line, message }) => (
                <li class="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-2 px-3 py-1.5">
                  <span class="font-medium tabular-nums">Line {line}</span>
                  <span class="wrap-anywhere">{message}</span>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
    </div>
  );
}

import { Link } from "@tanstack/solid-router";
import CircleCheck from "lucide-solid/icons/circle-check";
import { For, onMount, Show } from "solid-js";
import type { ImportedCorrections } from "../data/corrections.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { describeImported } from "./import.model.ts";

/** What became of a corrected file, and the runs that it led to. */
export function ImportOutcome(props: { imported: ImportedCorrections; onAnother: () => void; onClose: () => void }) {
  let panel!: HTMLDivElement;
  onMount(() => panel.focus());
  return (
    <div ref={panel} tabindex="-1" class="mt-3 grid gap-4">
      <p role="status" class="flex gap-2">
        <CircleCheck size={18} aria-hidden="true" class="mt-0.5 shrink-0 text-good" />
        <span class="tabular-nums">{describeImported(props.imported)}</span>
      </p>
      <Show when={props.imported.resubmission}>
        {(made) => (
          <div class="grid gap-1 text-sm">
            <p>{made().sent === 1 ? "1 record was" : `${formatNumber(made().sent)} records were`} sent again:</p>
            <ul class="grid gap-1">
              <For each={made().runs}>
                {(run) => (
                  <li>
                    <Link
                      to="/runs/$run"
                      params={{ run: run.id }}
                      class="text-accent wrap-anywhere hover:underline"
                      dir="auto"
                    >
                      {run.name}
                    </Link>
                  </li>
                )}
              </For>
            </ul>
          </div>
        )}
      </Show>
      <Show when={props.imported.refused}>
        {(refused) => <Notice look="warn">Nothing was sent again. {refused().message}</Notice>}
      </Show>
      <div class="flex flex-wrap justify-end gap-2">
        <Button onClick={() => props.onAnother()}>Import another file</Button>
        <Button look="primary" onClick={() => props.onClose()}>
          Close
        </Button>
      </div>
    </div>
  );
}

import { Link } from "@tanstack/solid-router";
import { isFinal } from "@waybill/core/run/status";
import X from "lucide-solid/icons/x";
import { createEffect, For, Show, Suspense } from "solid-js";
import type { Resubmission } from "../data/records.ts";
import { useRun } from "../data/runs.ts";
import { Button } from "../ui/button.tsx";
import { formatNumber } from "../ui/format.ts";
import { StatusBadge } from "../ui/status-badge.tsx";

/** The runs that a resubmission made, as they go on. `onEnd` is called as each of them ends. */
export function ResubmissionNotice(props: { resubmission: Resubmission; onEnd: () => void; onClose: () => void }) {
  const sent = () => props.resubmission.sent;
  return (
    <section aria-label="Resubmission" class="rounded-lg border border-line bg-card px-3 py-2 text-sm">
      <div class="flex items-center gap-2">
        <p class="mr-auto">
          {sent() === 1 ? "1 record was" : `${formatNumber(sent())} records were`} sent again
          <Show when={props.resubmission.withIssues > 0}>
            <span class="text-quiet">; {formatNumber(props.resubmission.withIssues)} with issues stay open</span>
          </Show>
          .
        </p>
        <Button aria-label="Close" class="border-transparent px-2" onClick={() => props.onClose()}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      <ul class="grid gap-1">
        <For each={props.resubmission.runs}>
          {(run) => (
            <Suspense>
              <RunLine run={run.id} name={run.name} onEnd={props.onEnd} />
            </Suspense>
          )}
        </For>
      </ul>
    </section>
  );
}

function RunLine(props: { run: string; name: string; onEnd: () => void }) {
  const run = useRun(() => props.run);
  let told = false;
  createEffect(() => {
    if (told || !run.data || !isFinal(run.data.status)) return;
    told = true;
    props.onEnd();
  });
  return (
    <li class="flex flex-wrap items-center gap-x-3" role="status">
      <Show when={run.data} fallback={<span class="text-quiet">Reading the run…</span>}>
        {(summary) => (
          <>
            <StatusBadge status={summary().status} />
            <Show when={isFinal(summary().status)}>
              <span class="text-quiet">
                {formatNumber(summary().counts.accepted)} accepted
                <Show when={summary().counts.rejected > 0}>
                  , {formatNumber(summary().counts.rejected)} turned away again
                </Show>
              </span>
            </Show>
          </>
        )}
      </Show>
      <Link to="/runs/$run" params={{ run: props.run }} class="text-accent hover:underline" dir="auto">
        {props.name}
      </Link>
    </li>
  );
}

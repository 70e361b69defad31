import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { useIntegrations } from "../data/integrations.ts";
import { useRerun } from "../data/runs.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";

/** Offers to run the last run of an integration again, with the same values and the same file. */
export function RerunOffer(props: { integration: string; onStarted: (runId: string) => void }) {
  const integrations = useIntegrations(() => props.integration);
  const last = () => integrations.data?.items.find((item) => item.key === props.integration)?.lastRun ?? null;
  const rerun = useRerun();
  const [asked, setAsked] = createSignal(false);
  const begin = (runId: string) => rerun.mutate(runId, { onSuccess: (made) => props.onStarted(made.id) });
  return (
    <Show when={last()}>
      {(run) => (
        <div class="grid gap-2">
          <div class="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-card px-4 py-2.5 text-sm">
            <span class="text-quiet">Last run</span>
            <StatusBadge status={run().status} />
            <span class="mr-auto text-quiet">
              <Show when={run().finishedAt}>{(at) => <>{formatTime(at())}</>}</Show>
            </span>
            <Button disabled={run().status === "in_progress" || rerun.isPending} onClick={() => setAsked(true)}>
              Re-Run
            </Button>
          </div>
          <Show when={rerun.error}>
            <Notice look="bad">{toFault(rerun.error).message}</Notice>
          </Show>
          <Confirm
            open={asked()}
            onClose={() => setAsked(false)}
            title="Run this again?"
            text={`“${run().name}” runs again with the same values and the same file.`}
            onYes={() => begin(run().id)}
          />
        </div>
      )}
    </Show>
  );
}

import { Link, useNavigate } from "@tanstack/solid-router";
import Download from "lucide-solid/icons/download";
import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type RunSummary, useCancelRun, useRerun } from "../data/runs.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Notice } from "../ui/notice.tsx";

/** What can be done with a run where it stands. */
export function RunActions(props: { run: RunSummary }) {
  const navigate = useNavigate();
  const rerun = useRerun();
  const cancel = useCancelRun();
  const [asked, setAsked] = createSignal<"rerun" | "cancel" | null>(null);
  const source = () => props.run.files.find((file) => file.role === "source");
  // The page stays when it goes from one run to the next, and what was done with the last one is no concern of this one.
  const isOfThis = (mutation: { variables: string | undefined }) => mutation.variables === props.run.id;
  const cancelling = () => isOfThis(cancel) && (cancel.isPending || cancel.isSuccess);
  const over = () => props.run.status !== "in_progress";
  // What was turned away is to be corrected before anything else.
  const rerunLook = () => (props.run.counts.rejected > 0 ? "plain" : "primary");
  const busy = () => (over() ? rerun.isPending : cancelling());
  const ask = () => !busy() && setAsked(over() ? "rerun" : "cancel");
  const fault = () => (isOfThis(rerun) && rerun.error) || (isOfThis(cancel) && cancel.error);
  const runAgain = () =>
    rerun.mutate(props.run.id, {
      onSuccess: (made) => navigate({ to: "/runs/$run", params: { run: made.id } }),
    });
  return (
    <div class="grid gap-2">
      <div class="flex flex-wrap gap-2">
        <Show when={source()}>
          <a class={buttonClass()} href={`/runs/${props.run.id}/source`} download="">
            <Download size={16} aria-hidden="true" /> Source File
          </a>
        </Show>
        <Show when={props.run.counts.rejected > 0 && props.run.rejectedPurgedAt === null}>
          <a class={buttonClass()} href={`/runs/${props.run.id}/errors.csv`} download="">
            <Download size={16} aria-hidden="true" /> errors.csv
          </a>
          <Link to="/records" search={{ run: props.run.id }} class={buttonClass("primary")}>
            Go to Transaction Assistant
          </Link>
        </Show>
        <Show when={!over() || props.run.rerunAllowed}>
          <Button look={over() ? rerunLook() : "danger"} onClick={ask} aria-disabled={busy()}>
            {over() ? "Run again" : cancelling() ? "Cancelling…" : "Cancel run"}
          </Button>
        </Show>
      </div>
      <Show when={fault()}>
        <Notice look="bad">{toFault(fault()).message}</Notice>
      </Show>
      <Confirm
        open={asked() === "rerun"}
        onClose={() => setAsked(null)}
        title="Run this again?"
        text={`${props.run.integrationName} runs again with the same values and the same file.`}
        onYes={runAgain}
      />
      <Confirm
        open={asked() === "cancel"}
        onClose={() => setAsked(null)}
        title="Cancel this run?"
        text="It stops after the batch that it is writing. What has been loaded so far may stay in the destination."
        look="danger"
        onYes={() => cancel.mutate(props.run.id)}
      />
    </div>
  );
}

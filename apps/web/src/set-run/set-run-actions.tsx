import { Link } from "@tanstack/solid-router";
import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type SetRunSummary, useCancelSetRun } from "../data/sets.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { Notice } from "../ui/notice.tsx";
import { findResumePlaces } from "./resume.model.ts";
import { ResumeDialog } from "./resume-dialog.tsx";

/** What can be done with a set run where it stands; `shownAs` is its id or its name, as the address has it. */
export function SetRunActions(props: { setRun: SetRunSummary; shownAs: string }) {
  const cancel = useCancelSetRun();
  const [asked, setAsked] = createSignal<"cancel" | "resume" | null>(null);
  // The page stays when it goes from one set run to the next.
  const isOfThis = () => cancel.variables === props.shownAs;
  const cancelling = () => props.setRun.cancelling || (isOfThis() && cancel.isPending);
  const going = () => props.setRun.status === "in_progress";
  const places = () => findResumePlaces(props.setRun);
  return (
    <div class="grid gap-2">
      <div class="flex flex-wrap gap-2">
        <Show when={going()}>
          <Button look="danger" aria-disabled={cancelling()} onClick={() => !cancelling() && setAsked("cancel")}>
            {cancelling() ? "Cancelling…" : "Cancel set run"}
          </Button>
        </Show>
        <Show when={places()}>
          <Button look="primary" onClick={() => setAsked("resume")}>
            Resume…
          </Button>
        </Show>
        <Show when={!going()}>
          <Link
            to="/sets/$key/run"
            params={{ key: props.setRun.set }}
            search={{ again: props.setRun.id }}
            class={buttonClass()}
          >
            Run again
          </Link>
        </Show>
      </div>
      <Show when={isOfThis() && cancel.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <Confirm
        open={asked() === "cancel"}
        onClose={() => setAsked(null)}
        title="Cancel this set run?"
        text="The run of its step is cancelled, and the steps after it are skipped. What has been loaded so far may stay in the destinations."
        look="danger"
        onYes={() => cancel.mutate(props.shownAs)}
      />
      <Show when={places()}>
        {(found) => (
          <ResumeDialog
            open={asked() === "resume"}
            onClose={() => setAsked(null)}
            setRun={props.setRun}
            places={found()}
          />
        )}
      </Show>
    </div>
  );
}

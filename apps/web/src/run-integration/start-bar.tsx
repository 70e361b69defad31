import { Show } from "solid-js";
import { Button } from "../ui/button.tsx";
import { Sending } from "./sending.tsx";

/** What starts a run, and how far its files are sent. */
export function StartBar(props: {
  sending: { name: string; share: number } | null;
  blocked: boolean;
  onTest: () => void;
}) {
  return (
    <>
      <div class="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={props.sending !== null}>
          Run Integration
        </Button>
        <Button onClick={() => props.onTest()} disabled={props.sending !== null}>
          Test run
        </Button>
        <span class="min-w-0 wrap-anywhere">
          <Sending sending={props.sending} />
          <Show when={props.blocked}>
            <span class="text-bad">Something above needs a look first.</span>
          </Show>
        </span>
      </div>
      <p class="text-sm text-quiet">A test run does everything except keep its result in the destination.</p>
    </>
  );
}

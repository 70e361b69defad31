import { notificationEventLabels } from "@waybill/core/notification/events";
import { createSignal, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import {
  type NotificationRule,
  useDeleteRule,
  usePauseRule,
  useResumeRule,
  useTestRule,
} from "../data/notifications.ts";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { DeliveryBadge } from "./delivery-badge.tsx";
import { sayTarget } from "./say-target.ts";

/** A rule: of what it tells and whom, its last delivery, and what can be done with it. */
export function RuleCard(props: { rule: NotificationRule; onChange: () => void }) {
  const pause = usePauseRule();
  const resume = useResumeRule();
  const remove = useDeleteRule();
  const test = useTestRule();
  const [asked, setAsked] = createSignal(false);
  const rule = () => props.rule;
  const fault = () => pause.error ?? resume.error ?? remove.error ?? test.error;
  return (
    <li class="grid gap-2 border-b border-line p-3 last:border-0">
      <div class="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div class="mr-auto grid min-w-0 gap-0.5">
          <h2 class="font-medium wrap-anywhere" dir="auto">
            {rule().name}
          </h2>
          <p class="text-sm wrap-anywhere">
            {sayTarget(rule().target)}:{" "}
            {rule()
              .events.map((event) => notificationEventLabels[event])
              .join(", ")}
          </p>
          <p class="text-sm text-quiet wrap-anywhere">{rule().url ?? rule().addresses.join(", ")}</p>
          <Show when={rule().paused}>
            {(paused) => (
              <p class="text-sm text-warn wrap-anywhere">
                Paused by {paused().by}, {formatTime(paused().at)}
              </p>
            )}
          </Show>
          <Show when={rule().lastDelivery}>
            {(last) => (
              <p class="flex flex-wrap items-center gap-x-2 text-sm">
                <DeliveryBadge state={last().state} /> {notificationEventLabels[last().event]}, {formatTime(last().at)}
              </p>
            )}
          </Show>
        </div>
        <div class="flex flex-wrap gap-2">
          <Button disabled={test.isPending} onClick={() => test.mutate(rule().id)}>
            Test
          </Button>
          <Button onClick={() => props.onChange()}>Change…</Button>
          <Show when={rule().paused} fallback={<Button onClick={() => pause.mutate(rule().id)}>Pause</Button>}>
            <Button onClick={() => resume.mutate(rule().id)}>Resume</Button>
          </Show>
          <Button onClick={() => setAsked(true)}>Delete…</Button>
        </div>
      </div>
      <Show when={test.data}>
        {(answer) => (
          <Notice look={answer().delivered ? "info" : "bad"}>
            {answer().delivered ? "The test message was delivered." : "The test message was not delivered."}{" "}
            {answer().error} {answer().body}
          </Notice>
        )}
      </Show>
      <Show when={fault()}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <Confirm
        open={asked()}
        onClose={() => setAsked(false)}
        title={`Delete the notification rule ${rule().name}?`}
        text="The log of its deliveries goes with it."
        look="danger"
        onYes={() => remove.mutate(rule().id)}
      />
    </li>
  );
}

import { For, Show } from "solid-js";
import { toFault } from "../data/api.ts";
import { type Delivery, useRedeliver } from "../data/notifications.ts";
import { Button } from "../ui/button.tsx";
import { formatExactTime, formatTime } from "../ui/format.ts";
import { Notice } from "../ui/notice.tsx";
import { DeliveryBadge } from "./delivery-badge.tsx";

/** The log of what was sent, what became of it, and when it is tried again. */
export function DeliveriesTable(props: { deliveries: Delivery[] }) {
  const redeliver = useRedeliver();
  return (
    <>
      <Show when={redeliver.error}>{(error) => <Notice look="bad">{toFault(error()).message}</Notice>}</Show>
      <div class="overflow-hidden rounded-lg border border-line bg-card">
        <table class="w-full max-md:block" aria-label="Deliveries">
          <thead class="text-left text-sm text-quiet max-md:sr-only">
            <tr class="border-b border-line">
              <th class="px-3 py-2 font-medium">At</th>
              <th class="px-3 py-2 font-medium">Rule</th>
              <th class="px-3 py-2 font-medium">State</th>
              <th class="px-3 py-2 font-medium">What</th>
              <th class="px-3 py-2 font-medium">
                <span class="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody class="max-md:block">
            <For each={props.deliveries}>
              {(delivery) => <DeliveryRow delivery={delivery} onRedeliver={() => redeliver.mutate(delivery.id)} />}
            </For>
          </tbody>
        </table>
      </div>
    </>
  );
}

function DeliveryRow(props: { delivery: Delivery; onRedeliver: () => void }) {
  const one = () => props.delivery;
  return (
    <tr class="border-b border-line last:border-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:p-3">
      <td class="px-3 py-2 whitespace-nowrap tabular-nums max-md:p-0" title={formatExactTime(one().createdAt)}>
        {formatTime(one().createdAt)}
      </td>
      <td class="px-3 py-2 wrap-anywhere max-md:p-0" dir="auto">
        {one().rule.name}
      </td>
      <td class="px-3 py-2 whitespace-nowrap max-md:p-0">
        <DeliveryBadge state={one().state} />
      </td>
      <td class="px-3 py-2 text-sm wrap-anywhere max-md:w-full max-md:p-0">
        <span dir="auto">{one().summary}</span>
        <Show when={one().lastError}>
          <span class="block text-bad">
            {one().lastError} (<Tries delivery={one()} />)
          </span>
        </Show>
      </td>
      <td class="px-3 py-2 text-right max-md:p-0">
        <Button onClick={() => props.onRedeliver()}>Send again</Button>
      </td>
    </tr>
  );
}

function Tries(props: { delivery: Delivery }) {
  const attempts = () => props.delivery.attempts;
  return (
    <>
      {attempts() === 1 ? "1 try" : `${attempts()} tries`}
      <Show when={props.delivery.nextTryAt}>{(next) => <>, again at {formatTime(next())}</>}</Show>
    </>
  );
}

import { type NotificationChannel, notificationChannels } from "@waybill/db/words";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import type { NotificationMessage } from "./message.ts";
import { retryAfterMilliseconds } from "./retry-after.ts";
import { type Answer, type Receiver, send } from "./send.ts";

interface Claimed extends Receiver {
  id: string;
  message: NotificationMessage;
  attempts: number;
  tries: number;
}

/**
 * Sends what is due, some at a time, and gives how many it tried; where `channels` are named, by these alone. Several
 * workers may do so at once: one that is being sent is leased, and the others take it only when the lease is over, as after
 * the death of a worker. `letGo` breaks off what is being sent; it is tried again like any other that failed.
 */
export async function deliverDue(
  services: Services,
  { channels = notificationChannels, letGo }: { channels?: readonly NotificationChannel[]; letGo?: AbortSignal } = {},
): Promise<number> {
  const claimed = await claimDue(services, channels);
  await Promise.all(
    claimed.map(async (delivery) => {
      const { id, message } = delivery;
      await settle(services, delivery, await send(services, delivery, { id: messageId(id), message }, letGo));
    }),
  );
  return claimed.length;
}

/** What names a delivery to its receiver. */
function messageId(delivery: string): string {
  return `msg_${delivery}`;
}

const isDue = `state = 'pending' and next_try_at <= $1 and (leased_until is null or leased_until <= $1)`;

/** Rules take turns, so that a receiver which is slow or down does not keep those of other rules waiting for long. */
async function claimDue({ database, clock }: Services, channels: readonly NotificationChannel[]): Promise<Claimed[]> {
  const now = clock.now();
  const { rows } = await database.pool.query<Claimed>(
    `with claimed as (
       select id from waybill.deliveries where ${isDue} and id in (
         select t.id from (
           select d.id, d.next_try_at, row_number() over (partition by d.rule_id order by d.next_try_at, d.id) as turn
           from waybill.deliveries d join waybill.notification_rules n on n.id = d.rule_id
           where ${isDue} and n.paused_at is null and n.channel = any($4)) t
         order by t.turn, t.next_try_at limit $3)
       for update skip locked
     )
     update waybill.deliveries d set attempts = d.attempts + 1, tries = d.tries + 1, leased_until = $2, last_tried_at = $1
     from claimed c, waybill.notification_rules n where d.id = c.id and n.id = d.rule_id
     returning d.id, d.message, d.attempts, d.tries, n.channel, n.url, n.sealed_secret as "sealedSecret", n.addresses`,
    [now, new Date(now.getTime() + limits.deliveryLeaseSeconds * 1_000), limits.deliveriesAtOnce, channels],
  );
  return rows;
}

/** Takes down what became of a try, unless another worker has tried it since, or somebody wants it sent again. */
async function settle({ database, clock }: Services, { id, attempts, tries }: Claimed, answer: Answer): Promise<void> {
  const now = clock.now();
  const wait = answer.delivered ? null : retryAfterMilliseconds(tries);
  const state = answer.delivered ? "delivered" : wait === null ? "failed" : "pending";
  await database.pool.query(
    `update waybill.deliveries set state = $3, leased_until = null, next_try_at = $4, finished_at = $5, last_error = $6,
       response_status = $7, response_body = $8
     where id = $1 and attempts = $2 and tries = $9 and state = 'pending'`,
    [
      id,
      attempts,
      state,
      wait === null ? null : new Date(now.getTime() + wait),
      wait === null ? now : null,
      answer.error,
      answer.status,
      answer.body,
      tries,
    ],
  );
}

import { repeat } from "@waybill/db";
import { type NotificationChannel, notificationChannels } from "@waybill/db/words";
import type { Services } from "../context.ts";
import { limits } from "../limits.ts";
import { deliverDue } from "./deliver.ts";
import { sweep } from "./sweep.ts";

/** Tells people what they want to know until it is stopped. */
export interface Notifying {
  /** Lets what is being sent come to its end, or breaks it off after some seconds. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Looks every few seconds for what rules are about, and sends it, each channel by itself, so that a slow server of e-mail
 * holds up no webhook. Several processes may do so at once.
 */
export function startNotifying(services: Services): Notifying {
  const stopping = new AbortController();
  const lettingGo = new AbortController();
  const notifyBy = (channel: NotificationChannel) =>
    repeat(limits.notificationPollSeconds, stopping.signal, async () => {
      try {
        await notifyOnce(services, channel, stopping.signal, lettingGo.signal);
      } catch (error) {
        services.log.error({ err: error, channel }, "Notifications could not be looked for; that is tried again.");
      }
    });
  const notifying = Promise.all(notificationChannels.map(notifyBy));
  return {
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => lettingGo.abort(), limits.deliveryLettingGoSeconds * 1_000);
      await notifying.finally(() => clearTimeout(timer));
    },
  };
}

/** One query where there is nothing to do. */
async function notifyOnce(
  services: Services,
  channel: NotificationChannel,
  stopping: AbortSignal,
  letGo: AbortSignal,
): Promise<void> {
  const { rows } = await services.database.pool.query<{ watching: boolean; due: boolean }>(
    `select exists (select from waybill.notification_rules where paused_at is null) as watching,
       exists (
         select from waybill.deliveries d join waybill.notification_rules n on n.id = d.rule_id
         where d.state = 'pending' and d.next_try_at <= $1 and n.paused_at is null and n.channel = $2) as due`,
    [services.clock.now(), channel],
  );
  const found = rows[0]?.watching ? await sweep(services) : 0;
  if (found === 0 && !rows[0]?.due) return;
  const sendSome = () => deliverDue(services, { channels: [channel], letGo });
  while (!stopping.aborted && (await sendSome()) === limits.deliveriesAtOnce) await sweep(services);
}

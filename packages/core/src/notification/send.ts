import type { NotificationChannel } from "@waybill/db/words";
import type { MailSettings, Services } from "../context.ts";
import { openSecret } from "../key/seal-secret.ts";
import { limits } from "../limits.ts";
import type { NotificationMessage } from "./message.ts";
import { sayFault } from "./say-fault.ts";
import { sendEmail } from "./send-email.ts";
import { sendWebhook } from "./send-webhook.ts";

/** Whom a rule tells, as the database keeps it. */
export interface Receiver {
  channel: NotificationChannel;
  url: string | null;
  sealedSecret: Buffer | null;
  addresses: string[];
}

/** What is sent. The id stays the same at each try, so that a receiver can tell that it has it already. */
export interface Sending {
  id: string;
  message: NotificationMessage;
}

/** What became of one try. `error` may be there beside success, where one of several addresses was turned away. */
export interface Answer {
  delivered: boolean;
  error: string | null;
  /** Of webhooks: the status over HTTP, and the beginning of what was answered. */
  status: number | null;
  body: string | null;
}

/** Sends a message once, and gives what the other side said to it. Never throws. */
export async function send(
  { masterKey, clock, mail }: Services,
  receiver: Receiver,
  sending: Sending,
  letGo?: AbortSignal,
): Promise<Answer> {
  const secondsMax = receiver.channel === "email" ? emailSecondsMax(mail) : limits.webhookSecondsMax;
  const tooLate = AbortSignal.timeout(secondsMax * 1_000);
  const signal = letGo ? AbortSignal.any([tooLate, letGo]) : tooLate;
  try {
    if (receiver.channel === "email") return await sendEmail(mail, receiver.addresses, sending, signal);
    const secret = Buffer.from(openSecret(masterKey, receiver.sealedSecret ?? Buffer.alloc(0))).toString("utf8");
    return await sendWebhook({ url: receiver.url ?? "", secret }, sending, clock.now(), signal);
  } catch (error) {
    return { delivered: false, error: sayFault(error, secondsMax), status: null, body: null };
  }
}

/** Never so long that another worker would send it beside this one. */
function emailSecondsMax(mail: MailSettings | null): number {
  return Math.min(mail?.secondsMax ?? limits.emailSecondsMax, limits.emailSecondsMax);
}

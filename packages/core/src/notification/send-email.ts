import { createTransport } from "nodemailer";
import type { MailSettings } from "../context.ts";
import { limits } from "../limits.ts";
import type { Answer, Sending } from "./send.ts";
import { writeEmail } from "./write-email.ts";

/** What whoever wants e-mail has to set. */
export const mailUnset =
  "This server sends no e-mail. Start it, and each worker, with WAYBILL_SMTP_URL, such as smtp://user:password@mail.example.com:587, and WAYBILL_MAIL_FROM, such as waybill@example.com.";

/**
 * Sends a message as plain text by the server's SMTP. It is delivered once one address has taken it; those that were
 * turned away are told in `error`, since to try again would send it to the others twice. Throws when nobody took it.
 */
export async function sendEmail(
  mail: MailSettings | null,
  addresses: string[],
  { id, message }: Sending,
  signal: AbortSignal,
): Promise<Answer> {
  if (!mail) return { delivered: false, error: mailUnset, status: null, body: null };
  const milliseconds = limits.deliverySecondsMax * 1_000;
  const transport = createTransport({
    url: mail.smtpUrl,
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sent = transport.sendMail({
    from: mail.from,
    to: addresses,
    messageId: `<${id}@waybill>`,
    headers: { "Auto-Submitted": "auto-generated" },
    ...writeEmail(message),
  });
  const { rejected, response } = await orAbort(sent, signal);
  const refused = rejected.join(", ");
  const body = response.slice(0, limits.answerCharactersMax);
  return { delivered: true, error: refused ? `Turned away: ${refused}.` : null, status: null, body };
}

async function orAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  work.catch(() => undefined);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

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
 * turned away are told in `error`, since to try again would send it to the others twice. Throws when nobody took it, or
 * `signal` aborts: then the connection is closed, and a server that has not been sent the whole message never has it.
 */
export async function sendEmail(
  mail: MailSettings | null,
  addresses: string[],
  { id, message }: Sending,
  signal: AbortSignal,
): Promise<Answer> {
  if (!mail) return { delivered: false, error: mailUnset, status: null, body: null };
  const transport = createTransport({ url: mail.smtpUrl, disableFileAccess: true, disableUrlAccess: true });
  const { rejected, response } = await transport.sendMail({
    from: mail.from,
    to: addresses,
    messageId: `<${id}@waybill>`,
    headers: { "Auto-Submitted": "auto-generated" },
    ...writeEmail(message),
    signal,
  });
  const refused = rejected.join(", ");
  const body = response.slice(0, limits.answerCharactersMax);
  return { delivered: true, error: refused ? `Turned away: ${refused}.` : null, status: null, body };
}

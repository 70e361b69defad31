import { Webhook } from "standardwebhooks";
import { limits } from "../limits.ts";
import { version } from "../version.ts";
import type { Answer, Sending } from "./send.ts";

/**
 * Posts a message to a receiver, signed by Standard Webhooks (https://www.standardwebhooks.com). An answer from 200 to 299
 * is a success. A redirect is not followed, since what is signed is meant for the receiver that somebody named. Throws
 * when the receiver cannot be reached, or `signal` aborts.
 */
export async function sendWebhook(
  { url, secret }: { url: string; secret: string },
  { id, message }: Sending,
  now: Date,
  signal: AbortSignal,
): Promise<Answer> {
  const body = JSON.stringify(message);
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal,
    headers: {
      "content-type": "application/json",
      "user-agent": `Waybill/${version}`,
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    },
    body,
  });
  const { status } = response;
  return { delivered: response.ok, error: sayRefusal(response), status, body: await readBeginning(response) };
}

function sayRefusal({ ok, status, headers }: Response): string | null {
  if (ok) return null;
  const location = headers.get("location");
  if (status < 300 || status > 399 || location === null) return `The receiver answered ${status}.`;
  return `The receiver answered ${status}, a redirect to ${location.slice(0, 200)}, which is not followed. Name that address in the rule.`;
}

/** The beginning of an answer; whatever breaks off while it comes does not undo that it was taken. */
async function readBeginning(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= limits.answerCharactersMax) break;
    }
  } catch {
    // What came so far is all there is.
  }
  return text.slice(0, limits.answerCharactersMax).replaceAll("\0", "\ufffd");
}

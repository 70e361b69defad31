import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { onTestFinished } from "vitest";
import type { NotificationMessage } from "../notification/message.ts";

/** What a test's receivers check signatures with. */
export const receiverSecret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** A real receiver of webhooks, which takes what is signed as it should be. */
export interface WebhookReceiver {
  url: string;
  /** What it took, in the order of arrival. */
  messages: NotificationMessage[];
  /** The ids of all that it was sent, also of what it did not take. */
  ids: string[];
  /** What it answers to the next ones before it takes any: statuses, or a place to redirect to. */
  refuse(...answers: (number | string)[]): void;
}

/** Starts a receiver that verifies each message by the library of Standard Webhooks, until the test is over. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const messages: NotificationMessage[] = [];
  const ids: string[] = [];
  const refusals: (number | string)[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    ids.push(String(request.headers["webhook-id"]));
    const refusal = refusals.shift();
    if (typeof refusal === "number") return response.writeHead(refusal).end("not now");
    if (refusal) return response.writeHead(307, { location: refusal }).end();
    try {
      const verified = new Webhook(receiverSecret).verify(body, request.headers as Record<string, string>);
      messages.push(verified as NotificationMessage);
      return response.writeHead(200).end("thank you");
    } catch (error) {
      return response.writeHead(401).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    messages,
    ids,
    refuse: (...answers) => void refusals.push(...answers),
  };
}

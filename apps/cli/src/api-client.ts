import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "@waybill/api";
import { EventSource } from "eventsource";
import { refusalOf } from "./failure.ts";
import { addressOf, type Connection } from "./settings.ts";

/** The server's API, with its types. */
export type ApiClient = TRPCClient<AppRouter>;

/** Talks to the server's API; live updates come as server-sent events. */
export function createApiClient(connection: Connection): ApiClient {
  const trpcUrl = addressOf(connection, "trpc");
  const headers = { Authorization: `Bearer ${connection.token}` };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url: trpcUrl,
          EventSource,
          eventSourceOptions: () => ({
            fetch: (address, init) => fetch(address, { ...init, headers: { ...init?.headers, ...headers } }),
          }),
        }),
        false: httpLink({
          url: trpcUrl,
          headers,
          async fetch(address, init) {
            const answer = await fetch(address, init as RequestInit);
            if (isJson(answer)) return answer;
            throw refusalOf(answer.status, null, connection.url);
          },
        }),
      }),
    ],
  });
}

function isJson(answer: Response): boolean {
  return answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}

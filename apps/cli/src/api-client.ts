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
  const calls = {
    url: trpcUrl,
    headers,
    async fetch(address: Parameters<typeof fetch>[0], init?: unknown) {
      const answer = await fetch(address, init as RequestInit);
      if (isJson(answer)) return answer;
      throw refusalOf(answer.status, null, connection.url);
    },
  };
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
        false: splitLink({
          condition: (operation) => operation.path === "records.bulk.preview",
          // An address cannot hold all the values of a map.
          true: httpLink({ ...calls, methodOverride: "POST" }),
          false: httpLink(calls),
        }),
      }),
    ],
  });
}

function isJson(answer: Response): boolean {
  return answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
}

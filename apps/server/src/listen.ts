import { once } from "node:events";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { errorCodeOf } from "./error-code.ts";
import type { HttpEnv } from "./http/env.ts";

/** An HTTP server that takes requests. */
export interface Listening {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * A large file on a slow line takes as long as it takes, so a request as a whole has no limit of time. Its headers have
 * one, which would be none too if it were left out.
 */
const serverOptions = { requestTimeout: 0, headersTimeout: 60_000 };

/** Begins to take requests. Throws an error that names the setting, HOST or PORT, which keeps it from that. */
export async function listen(app: Hono<HttpEnv>, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw explain(error, host, port);
  }
  const address = server.address();
  const chosen = typeof address === "object" && address !== null ? address.port : port;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return {
    url: `http://${name.includes(":") ? `[${name}]` : name}:${chosen}`,
    port: chosen,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function explain(error: unknown, host: string, port: number): unknown {
  const noAddress = `HOST ${JSON.stringify(host)} is not an address of this machine. Set HOST to 127.0.0.1 for this machine alone, or to 0.0.0.0 for all that reach it.`;
  switch (errorCodeOf(error)) {
    case "EADDRINUSE":
      return new Error(`PORT ${port} on ${host} is taken by another program. Set PORT to a free one.`);
    case "EACCES":
      return new Error(`PORT ${port} is not open to this user. Set PORT to one above 1023.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Error(noAddress);
    default:
      return error;
  }
}

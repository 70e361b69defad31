import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import type { HttpEnv } from "./http/env.ts";
import { listen } from "./listen.ts";

test("an upload may take any time, and headers may not", async () => {
  const servers: Server[] = [];
  const note = (message: unknown) => servers.push((message as { server: Server }).server);
  subscribe("http.server.request.start", note);
  onTestFinished(() => {
    unsubscribe("http.server.request.start", note);
  });
  const app = new Hono<HttpEnv>().get("/", (c) => c.text("here"));
  const listening = await listen(app, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => listening.close());
  expect(await (await fetch(listening.url)).text()).toBe("here");
  expect(servers[0]).toMatchObject({ requestTimeout: 0, headersTimeout: 60_000 });
});

import type { Services } from "@waybill/core/context";
import { Hono } from "hono";
import type { HttpEnv } from "./env.ts";

/** Whether the process lives, which one it is, and whether it can reach its database. Open to everybody. */
export function healthRoutes(services: Services, instance: string): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/healthz", (c) => c.json({ status: "ok", instance }))
    .get("/readyz", async (c) => {
      try {
        await services.database.pool.query("select 1");
        return c.json({ status: "ready" });
      } catch {
        return c.json({ status: "database unreachable" }, 503);
      }
    });
}

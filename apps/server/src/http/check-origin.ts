import { WaybillError } from "@waybill/core/errors";
import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./env.ts";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * Turns away a state-changing request that a page of another origin sends with the browser's session.
 * A caller known by a token named itself, and browsers add no token on their own.
 */
export function checkOrigin(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    const site = c.req.header("Sec-Fetch-Site");
    if (!safeMethods.includes(c.req.method) && c.get("knownBy") !== "token") {
      const foreign = origin !== undefined ? hostOf(origin) !== c.req.header("Host") : site !== "same-origin";
      if (foreign)
        throw new WaybillError(
          "not_allowed",
          "This request came from another site. Open Waybill itself and try again.",
        );
    }
    await next();
  };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

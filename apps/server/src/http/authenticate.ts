import { notSignedIn } from "@waybill/api";
import { findActor } from "@waybill/core/access/sign-in";
import type { Actor, Context, Services } from "@waybill/core/context";
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import type { HttpEnv } from "./env.ts";

/** The cookie that holds a browser's session. */
export const sessionCookie = "waybill_session";

/** Finds out who asks, by token or by session. */
export function authenticate(services: Services): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    const session = getCookie(c, sessionCookie);
    c.set("actor", null);
    if (token) c.set("actor", await findActor(services, "token", token));
    else if (session) c.set("actor", await findActor(services, "session", session));
    await next();
  };
}

/** Turns away whoever is not known, with 401. */
export function requireActor(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (!c.get("actor")) throw notSignedIn();
    await next();
  };
}

/** What a verb needs, for the actor of this request. */
export function contextOf(services: Services, actor: Actor | null): Context {
  if (!actor) throw notSignedIn();
  return { ...services, actor };
}

import { notSignedIn } from "@waybill/api";
import { findActor } from "@waybill/core/access/sign-in";
import type { Actor, Context, Services } from "@waybill/core/context";
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import type { HttpEnv } from "./env.ts";

/** The cookie that holds a browser's session. */
export const sessionCookie = "waybill_session";

/** Finds out who asks, by token or by session; whoever shows a token is judged by that alone. */
export function authenticate(services: Services): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const token = /^Bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    const session = getCookie(c, sessionCookie);
    const [kind, secret] = token ? (["token", token] as const) : (["session", session] as const);
    const actor = secret ? await findActor(services, kind, secret) : null;
    c.set("actor", actor);
    c.set("knownBy", actor && kind);
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

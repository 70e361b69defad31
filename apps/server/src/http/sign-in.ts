import { endSession, sessionMinutes, useSignInLink } from "@waybill/core/access/sign-in";
import type { Services } from "@waybill/core/context";
import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sessionCookie } from "./authenticate.ts";
import { checkOrigin } from "./check-origin.ts";
import type { HttpEnv } from "./env.ts";

/** Exchanges a one-time link for a session, and ends a session. */
export function signInRoutes(services: Services): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .get("/sign-in", async (c) => {
      // Whoever only looks at the link, as mail programs do, leaves it to its owner.
      if (c.req.method === "HEAD") return c.body(null);
      const link = c.req.query("link");
      const session = link ? await useSignInLink(services, link) : null;
      if (!session) return c.redirect(c.get("actor") ? "/" : "/signed-out?reason=link");
      setCookie(c, sessionCookie, session, {
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
        maxAge: sessionMinutes * 60,
      });
      return c.redirect("/");
    })
    .post("/sign-out", checkOrigin(), async (c) => {
      const session = getCookie(c, sessionCookie);
      if (session) await endSession(services, session);
      deleteCookie(c, sessionCookie, { path: "/" });
      return c.body(null, 204);
    });
}

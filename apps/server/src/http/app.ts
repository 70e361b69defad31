import { trpcServer } from "@hono/trpc-server";
import { appRouter, isOurs } from "@waybill/api";
import type { Services } from "@waybill/core/context";
import type { ProcessRole } from "@waybill/core/worker/role";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { authenticate, requireActor } from "./authenticate.ts";
import { checkOrigin } from "./check-origin.ts";
import { serveConsole } from "./console.ts";
import type { HttpEnv } from "./env.ts";
import { addressUnknown, answerError } from "./errors.ts";
import { fileRoutes } from "./files.ts";
import { healthRoutes } from "./health.ts";
import { limitCalls } from "./limit-calls.ts";
import { metricsRoutes } from "./metrics.ts";
import { recordRoutes } from "./records.ts";
import { runRoutes } from "./runs.ts";
import { signInRoutes } from "./sign-in.ts";

/** How many calls may come in one request. */
const batchedCallsMax = 20;

/** Which server answers, by its random `instance`, as what, and where the built console is. */
export interface HttpOptions {
  instance: string;
  role: ProcessRole;
  consoleFolder: string;
}

/** Everything that the server answers over HTTP; a worker says only how it is. */
export function createHttpApp(services: Services, { instance, role, consoleFolder }: HttpOptions): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use(
    secureHeaders({ contentSecurityPolicy, crossOriginResourcePolicy: "same-origin", strictTransportSecurity: false }),
  );
  app.onError((error, c) => answerError(services, error, c));
  app.notFound((c) => answerError(services, addressUnknown(c.req.path), c));
  app.route("/", healthRoutes(services, instance));
  app.route("/", metricsRoutes(services));
  if (role === "worker") return app;
  app.use(authenticate(services));
  app.route("/", signInRoutes(services));
  app.use("/trpc/*", requireActor(), checkOrigin(), limitCalls());
  app.use(
    "/trpc/*",
    trpcServer({
      router: appRouter,
      endpoint: "/trpc",
      maxBatchSize: batchedCallsMax,
      // A query whose input is too long for an address comes as a POST.
      allowMethodOverride: true,
      createContext: (_options, c) => ({ ...services, actor: c.get("actor") }),
      onError: ({ error, path, req }) => {
        if (isOurs(error) && !req.signal.aborted)
          services.log.error({ err: error.cause ?? error, path }, "A call failed.");
      },
    }),
  );
  app.use("/files/*", requireActor(), checkOrigin());
  app.route("/files", fileRoutes(services));
  app.on("GET", ["/runs/:run/errors.csv", "/runs/:run/source", "/records/errors.csv"], requireActor());
  app.route("/runs", runRoutes(services));
  app.route("/records", recordRoutes(services));
  app.get("*", serveConsole(consoleFolder));
  return app;
}

const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

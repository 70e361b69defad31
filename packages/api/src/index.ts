import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { datasetsRouter } from "./routers/datasets.ts";
import { filesRouter } from "./routers/files.ts";
import { integrationsRouter } from "./routers/integrations.ts";
import { keysRouter } from "./routers/keys.ts";
import { notificationsRouter } from "./routers/notifications.ts";
import { recordsRouter } from "./routers/records.ts";
import { runsRouter } from "./routers/runs.ts";
import { schedulesRouter } from "./routers/schedules.ts";
import { setsRouter } from "./routers/sets.ts";
import { systemRouter } from "./routers/system.ts";
import { workersRouter } from "./routers/workers.ts";
import { router } from "./trpc.ts";

export { type CallContext, isOurs, notSignedIn, toCallError } from "./trpc.ts";

/** Everything that Waybill can be asked over tRPC. */
export const appRouter = router({
  integrations: integrationsRouter,
  runs: runsRouter,
  records: recordsRouter,
  sets: setsRouter,
  schedules: schedulesRouter,
  notifications: notificationsRouter,
  files: filesRouter,
  keys: keysRouter,
  datasets: datasetsRouter,
  workers: workersRouter,
  system: systemRouter,
});

/** The types of the API, for its clients. */
export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

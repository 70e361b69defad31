import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/solid-router";
import { readRecordsSearch } from "./records/records-search.model.ts";
import { RunPage } from "./run/run-page.tsx";
import { readRunSearch } from "./run/run-search.model.ts";
import { RunIntegrationPage } from "./run-integration/run-integration-page.tsx";
import { readRunIntegrationSearch } from "./run-integration/run-integration-search.model.ts";
import { readRunSetSearch } from "./run-set/run-set-search.model.ts";
import { RunsPage } from "./runs/runs-page.tsx";
import { readRunsSearch } from "./runs/runs-search.model.ts";
import { readScheduleSearch } from "./schedule/schedule-search.model.ts";
import { readSchedulesSearch } from "./schedules/schedules-search.model.ts";
import { NotFound, PageFault, Shell } from "./shell/shell.tsx";
import { SignedOutPage } from "./sign-in/signed-out-page.tsx";

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: readRunsSearch,
  component: RunsPage,
});

const runIntegrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/run",
  validateSearch: readRunIntegrationSearch,
  component: RunIntegrationPage,
});

const runsFolderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs",
  beforeLoad: () => {
    throw redirect({ to: "/", replace: true });
  },
});

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs/$run",
  validateSearch: readRunSearch,
  component: RunPage,
});

const recordsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/records",
  validateSearch: readRecordsSearch,
  // The grid and the rules that it checks by are read when somebody goes there.
  component: lazyRouteComponent(() => import("./records/records-page.tsx"), "RecordsPage"),
});

const schedulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/schedules",
  validateSearch: readSchedulesSearch,
  component: lazyRouteComponent(() => import("./schedules/schedules-page.tsx"), "SchedulesPage"),
});

const notificationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./notifications/notifications-page.tsx"), "NotificationsPage"),
});

const newScheduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/schedules/new",
  validateSearch: readScheduleSearch,
  component: lazyRouteComponent(() => import("./schedule/schedule-page.tsx"), "NewSchedulePage"),
});

const scheduleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/schedules/$schedule",
  component: lazyRouteComponent(() => import("./schedule/schedule-page.tsx"), "SchedulePage"),
});

const setsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sets",
  component: lazyRouteComponent(() => import("./sets/sets-page.tsx"), "SetsPage"),
});

const newSetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sets/new",
  component: lazyRouteComponent(() => import("./set/set-page.tsx"), "NewSetPage"),
});

const setRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sets/$key",
  component: lazyRouteComponent(() => import("./set/set-page.tsx"), "SetPage"),
});

const runSetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sets/$key/run",
  validateSearch: readRunSetSearch,
  component: lazyRouteComponent(() => import("./run-set/run-set-page.tsx"), "RunSetPage"),
});

const setRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/set-runs/$id",
  component: lazyRouteComponent(() => import("./set-run/set-run-page.tsx"), "SetRunPage"),
});

const signedOutRoute = createRoute({ getParentRoute: () => rootRoute, path: "/signed-out", component: SignedOutPage });

/** Every page of the console, by its address. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    runsRoute,
    runIntegrationRoute,
    runsFolderRoute,
    runRoute,
    schedulesRoute,
    notificationsRoute,
    newScheduleRoute,
    scheduleRoute,
    setsRoute,
    newSetRoute,
    setRoute,
    runSetRoute,
    setRunRoute,
    recordsRoute,
    signedOutRoute,
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: PageFault,
});

declare module "@tanstack/solid-router" {
  interface Register {
    router: typeof router;
  }
}

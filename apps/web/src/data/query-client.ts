import { QueryCache, QueryClient } from "@tanstack/solid-query";
import { toFault } from "./api.ts";

const refused = [
  "not_signed_in",
  "not_allowed",
  "run_unknown",
  "integration_unknown",
  "set_unknown",
  "set_run_unknown",
  "schedule_unknown",
  "input_invalid",
];
const retriesMax = 3;

/** What the console knows of the server; whoever is not signed in is led to how to. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      const here = window.location.pathname;
      if (toFault(error).code === "not_signed_in" && here !== "/signed-out") window.location.assign("/signed-out");
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What stays the same keeps its place in the page, and so the focus of whoever stands on it.
      reconcile: "id",
      retry: (failures, error) => failures < retriesMax && !refused.includes(toFault(error).code),
    },
  },
});

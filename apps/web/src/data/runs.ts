import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import type { RunStatus } from "@waybill/core/run/status";
import { createEffect, onCleanup } from "solid-js";
import { api } from "./api.ts";

export type RunSummary = RouterOutputs["runs"]["get"];
export type RunListItem = RouterOutputs["runs"]["list"]["items"][number];

/** Which runs a list shows. */
export interface RunsFilter {
  status?: RunStatus;
  search?: string;
}

const keys = {
  lists: ["runs", "list"] as const,
  list: (filter: RunsFilter) => [...keys.lists, filter] as const,
  run: (run: string) => ["runs", "one", run] as const,
  issues: (run: string, filter: IssuesFilter) => ["runs", "issues", run, filter] as const,
  log: (run: string) => ["runs", "log", run] as const,
};

const firstPage: string | null = null;
const gatherMilliseconds = 250;

/** The runs that a filter finds, newest first, page by page. */
export function useRuns(filter: () => RunsFilter) {
  return useInfiniteQuery(() => ({
    queryKey: keys.list(filter()),
    queryFn: ({ pageParam }: { pageParam: string | null }) => {
      const { status, search } = filter();
      return api.runs.list.query({ status: status && [status], search, cursor: pageParam });
    },
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  }));
}

/** Reads the lists again when any run changes; many changes at once are gathered. */
export function useLiveRuns(): void {
  const client = useQueryClient();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subscription = api.runs.changes.subscribe(undefined, {
    onData() {
      timer ??= setTimeout(() => {
        timer = undefined;
        client.invalidateQueries({ queryKey: keys.lists });
      }, gatherMilliseconds);
    },
  });
  onCleanup(() => {
    subscription.unsubscribe();
    clearTimeout(timer);
  });
}

/** The Run Summary of a run, kept up to date until the run is over. */
export function useRun(run: () => string) {
  const client = useQueryClient();
  createEffect(() => {
    const id = run();
    const subscription = api.runs.watch.subscribe(
      { run: id },
      {
        onData(summary) {
          client.setQueryData(keys.run(id), summary);
          client.invalidateQueries({ queryKey: keys.log(id) });
          if (summary.phase === null) client.invalidateQueries({ queryKey: ["runs", "issues", id] });
        },
      },
    );
    onCleanup(() => subscription.unsubscribe());
  });
  return useQuery(() => ({ queryKey: keys.run(run()), queryFn: () => api.runs.get.query({ run: run() }) }));
}

/** Which rejected records are shown. An empty field is the record as a whole. */
export interface IssuesFilter {
  code?: string;
  field?: string;
}

/** The rejected records of a run, page by page. */
export function useRunIssues(run: () => string, filter: () => IssuesFilter) {
  return useInfiniteQuery(() => ({
    queryKey: keys.issues(run(), filter()),
    queryFn: ({ pageParam }: { pageParam: string | null }) =>
      api.runs.issues.query({ run: run(), ...filter(), cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  }));
}

/** The log of a run, page by page. */
export function useRunLog(run: () => string) {
  return useInfiniteQuery(() => ({
    queryKey: keys.log(run()),
    queryFn: ({ pageParam }: { pageParam: string | null }) =>
      api.runs.log.query({ run: run(), cursor: pageParam, limit: 200 }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.next,
  }));
}

export function useStartRun() {
  return useMutation(() => ({ mutationFn: (input: RouterInputs["runs"]["start"]) => api.runs.start.mutate(input) }));
}

export function useRerun() {
  return useMutation(() => ({ mutationFn: (run: string) => api.runs.rerun.mutate({ run }) }));
}

export function useCancelRun() {
  return useMutation(() => ({ mutationFn: (run: string) => api.runs.cancel.mutate({ run }) }));
}

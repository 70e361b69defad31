import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import type { RunStatus } from "@waybill/core/run/status";
import { api } from "./api.ts";

/** Everything a person asks of a run. */
export type RunSummary = RouterOutputs["runs"]["get"];
/** One row of the list of runs. */
export type RunListItem = RouterOutputs["runs"]["list"]["items"][number];

/** Which runs a list shows. */
export interface RunsFilter {
  status?: RunStatus;
  search?: string;
}

/** Under which keys the answers are held. */
export const keys = {
  lists: ["runs", "list"] as const,
  list: (filter: RunsFilter) => [...keys.lists, filter] as const,
  run: (run: string) => ["runs", "one", run] as const,
  issues: (run: string, filter: IssuesFilter) => ["runs", "issues", run, filter] as const,
  log: (run: string) => ["runs", "log", run] as const,
};

const firstPage: string | null = null;
const logLinesMax = 200;

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

/** The Run Summary of a run, by its id or its name. */
export function useRun(run: () => string) {
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
      api.runs.log.query({ run: run(), cursor: pageParam, limit: logLinesMax }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.next,
  }));
}

/** What a run is started with, its files sent already. */
export type StartRun = RouterInputs["runs"]["start"];

/** Starts a run. */
export function useStartRun() {
  return useMutation(() => ({ mutationFn: (input: StartRun) => api.runs.start.mutate(input) }));
}

/** Runs again with the same values and the same bytes. */
export function useRerun() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (run: string) => api.runs.rerun.mutate({ run }),
    onSuccess: (_made, run) => client.invalidateQueries({ queryKey: keys.run(run) }),
  }));
}

/** Asks a run to stop. */
export function useCancelRun() {
  return useMutation(() => ({ mutationFn: (run: string) => api.runs.cancel.mutate({ run }) }));
}

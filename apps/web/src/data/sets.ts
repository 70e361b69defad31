import { useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { createEffect, createMemo, on, onCleanup } from "solid-js";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";
import { followLive } from "./live.ts";

/** One row of the list of sets. */
export type SetListItem = RouterOutputs["sets"]["list"]["items"][number];
/** A set with its definition. */
export type WaybillSet = RouterOutputs["sets"]["get"];
/** What a set is, its defaults filled in. */
export type SetDefinition = WaybillSet["definition"];
/** One row of the list of set runs. */
export type SetRunListItem = RouterOutputs["sets"]["runs"]["list"]["items"][number];
/** Everything a person asks of a set run. */
export type SetRunSummary = RouterOutputs["sets"]["runs"]["get"];
/** A step of a set run. */
export type SetRunStep = SetRunSummary["steps"][number];
/** What a set is started with, its files sent already. */
export type StartSet = RouterInputs["sets"]["start"];
/** How a set run is resumed, its files sent already. */
export type ResumeSetRun = RouterInputs["sets"]["runs"]["resume"];

/** Under which keys the answers are held. */
export const keys = {
  all: ["sets"] as const,
  lists: ["sets", "list"] as const,
  sets: ["sets", "list", "sets"] as const,
  setRuns: ["sets", "list", "runs"] as const,
  one: (key: string) => ["sets", "one", key] as const,
  run: (setRun: string | undefined) => ["sets", "run", setRun] as const,
};

const listedMax = 200;
const recentRunsMax = 20;

/** All sets, by name, each with its newest run. */
export function useSets() {
  return useAnswer(() => ({ queryKey: keys.sets, queryFn: () => api.sets.list.query({ limit: listedMax }) }));
}

/** The newest set runs. */
export function useRecentSetRuns() {
  return useAnswer(() => ({
    queryKey: keys.setRuns,
    queryFn: () => api.sets.runs.list.query({ limit: recentRunsMax }),
  }));
}

/** One set with its definition, read anew by each page: what is changed must be what is there. */
export function useSet(key: () => string) {
  return useAnswer(() => ({ queryKey: keys.one(key()), queryFn: () => readSet(key()), gcTime: 0 }));
}

/** A set as it stands on the server now. */
export function readSet(key: string): Promise<WaybillSet> {
  return api.sets.get.query({ key });
}

/** A set run, by its id or its name, as it goes on; asked only when there is one. */
export function useSetRun(setRun: () => string | undefined) {
  const client = useQueryClient();
  const answer = useAnswer(() => ({
    queryKey: keys.run(setRun()),
    queryFn: () => api.sets.runs.get.query({ setRun: setRun() ?? "" }),
    enabled: setRun() !== undefined,
  }));
  const going = createMemo(() => (answer.current && answer.data?.status === "in_progress" ? setRun() : undefined));
  createEffect(
    on(going, (followed) => {
      if (followed === undefined) return;
      const queryKey = keys.run(followed);
      const stop = followLive<SetRunSummary>(
        (listener) => api.sets.runs.watch.subscribe({ setRun: followed }, listener),
        {
          onData: (summary) => client.setQueryData(queryKey, summary),
          onGap: () => client.invalidateQueries({ queryKey }),
        },
      );
      onCleanup(stop);
    }),
  );
  return answer;
}

/** Makes a definition the current version of its set. */
export function useApplySet() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (yaml: string) => api.sets.applyDefinition.mutate({ yaml }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

/** Takes a set out of use. */
export function useDeleteSet() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (key: string) => api.sets.delete.mutate({ key }),
    onSuccess: (_gone, key) => {
      client.removeQueries({ queryKey: keys.one(key) });
      return client.invalidateQueries({ queryKey: keys.lists });
    },
  }));
}

/** Starts a set. */
export function useStartSet() {
  return useMutation(() => ({ mutationFn: (input: StartSet) => api.sets.start.mutate(input) }));
}

/** Goes on with a set that stopped. The set run is read again when somebody comes back to it: they are on their way from it. */
export function useResumeSetRun() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (input: ResumeSetRun) => api.sets.runs.resume.mutate(input),
    onSuccess: (_made, { setRun }) => client.invalidateQueries({ queryKey: keys.run(setRun), refetchType: "none" }),
  }));
}

/** Asks a set run to stop. */
export function useCancelSetRun() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (setRun: string) => api.sets.runs.cancel.mutate({ setRun }),
    onSuccess: (summary, setRun) => client.setQueryData(keys.run(setRun), summary),
  }));
}

import { keepPreviousData, useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";

/** When an integration or a set runs by itself. */
export type Schedule = RouterOutputs["schedules"]["list"]["items"][number];
/** What a schedule is kept with, its files sent already. */
export type SaveSchedule = RouterInputs["schedules"]["save"];
/** The next run of a schedule. */
export type PlannedRun = RouterOutputs["schedules"]["planned"]["items"][number];
/** Whether it will run, or fail since what it runs has been deleted. */
export type PlannedState = PlannedRun["state"];
/** What became of an occurrence, or that it is still to come. */
export type Occurrence = RouterOutputs["schedules"]["occurrences"]["items"][number];

/** Under which keys the answers are held. */
export const keys = {
  all: ["schedules"] as const,
  schedules: ["schedules", "list"] as const,
  occurrences: (asked: AskedOccurrences) => ["schedules", "occurrences", asked] as const,
  planned: (asked: AskedPlanned) => ["schedules", "planned", asked] as const,
  one: (id: string) => ["schedules", "one", id] as const,
};

const listedMax = 200;

/** All schedules, by name. */
export function useSchedules() {
  return useAnswer(() => ({ queryKey: keys.schedules, queryFn: () => api.schedules.list.query({ limit: listedMax }) }));
}

/** Of which schedule the occurrences are shown, all where it is left out, and how many. */
export interface AskedOccurrences {
  schedule: string | undefined;
  limit: number;
}

/** The next occurrence of each schedule, and the latest before them. */
export function useOccurrences(asked: () => AskedOccurrences) {
  return useAnswer(() => ({
    queryKey: keys.occurrences(asked()),
    queryFn: () => api.schedules.occurrences.query(asked()),
    placeholderData: keepPreviousData,
  }));
}

/** Which planned runs are shown, and how many. */
export interface AskedPlanned {
  state: PlannedState | undefined;
  search: string | undefined;
  limit: number;
}

/** The next run of each schedule, the soonest first. */
export function usePlannedRuns(asked: () => AskedPlanned) {
  return useAnswer(() => ({
    queryKey: keys.planned(asked()),
    queryFn: () => api.schedules.planned.query(asked()),
    placeholderData: keepPreviousData,
  }));
}

/** Reads what is on screen of the schedules again. */
export function useRefreshSchedules() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.all });
}

/** One schedule, read anew by each page: what is changed must be what is there. */
export function useSchedule(id: () => string) {
  return useAnswer(() => ({
    queryKey: keys.one(id()),
    queryFn: () => api.schedules.get.query({ schedule: id() }),
    gcTime: 0,
  }));
}

/** Adds a schedule, or gives one other rules. */
export function useSaveSchedule() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (input: SaveSchedule) => api.schedules.save.mutate(input),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

/** Keeps a schedule from starting anything; the note says why. */
export function usePauseSchedule() {
  return useChange((input: { schedule: string; note: string }) => api.schedules.pause.mutate(input));
}

/** Lets a paused schedule go on. */
export function useResumeSchedule() {
  return useChange((schedule: string) => api.schedules.resume.mutate({ schedule }));
}

/** Leaves out what a schedule has planned next, which is at that time. */
export function useSkipOccurrence() {
  return useChange((input: { schedule: string; at: string }) => api.schedules.skip.mutate(input));
}

/** Takes a schedule away, with what it has planned. */
export function useDeleteSchedule() {
  return useChange((schedule: string) => api.schedules.delete.mutate({ schedule }));
}

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

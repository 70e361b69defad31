import { useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";

/** When an integration or a set runs by itself. */
export type Schedule = RouterOutputs["schedules"]["list"]["items"][number];
/** What became of an occurrence, or that it is still to come. */
export type Occurrence = RouterOutputs["schedules"]["occurrences"]["items"][number];

/** Under which keys the answers are held. */
export const keys = {
  all: ["schedules"] as const,
  schedules: ["schedules", "list"] as const,
  occurrences: ["schedules", "occurrences"] as const,
};

const listedMax = 200;
const occurrencesMax = 100;

/** All schedules, by name. */
export function useSchedules() {
  return useAnswer(() => ({ queryKey: keys.schedules, queryFn: () => api.schedules.list.query({ limit: listedMax }) }));
}

/** The next occurrence of each schedule, and the latest before them. */
export function useOccurrences() {
  return useAnswer(() => ({
    queryKey: keys.occurrences,
    queryFn: () => api.schedules.occurrences.query({ limit: occurrencesMax }),
  }));
}

/** Keeps a schedule from starting anything. */
export function usePauseSchedule() {
  return useChange((schedule: string) => api.schedules.pause.mutate({ schedule }));
}

/** Lets a paused schedule go on. */
export function useResumeSchedule() {
  return useChange((schedule: string) => api.schedules.resume.mutate({ schedule }));
}

/** Takes a schedule away, with what it has planned. */
export function useDeleteSchedule() {
  return useChange((schedule: string) => api.schedules.delete.mutate({ schedule }));
}

function useChange<Output>(change: (schedule: string) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

import { useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";

/** Who is told of what. */
export type NotificationRule = RouterOutputs["notifications"]["list"]["items"][number];
/** One row of the log of what was sent. */
export type Delivery = RouterOutputs["notifications"]["deliveries"]["items"][number];
/** A rule as it is kept, and as it comes back with the secret that is shown once. */
export type SaveRule = RouterInputs["notifications"]["save"];
export type SavedRule = RouterOutputs["notifications"]["save"];

const keys = {
  all: ["notifications"] as const,
  rules: ["notifications", "list"] as const,
  deliveries: ["notifications", "deliveries"] as const,
};

const listedMax = 200;
const deliveriesMax = 100;
/** Nobody tells of deliveries as they change. */
const readAgainMilliseconds = 5_000;

/** All rules, by name, each with its last delivery. */
export function useRules() {
  return useAnswer(() => ({
    queryKey: keys.rules,
    queryFn: () => api.notifications.list.query({ limit: listedMax }),
    refetchInterval: readAgainMilliseconds,
  }));
}

/** The latest deliveries of all rules. */
export function useDeliveries() {
  return useAnswer(() => ({
    queryKey: keys.deliveries,
    queryFn: () => api.notifications.deliveries.query({ limit: deliveriesMax }),
    refetchInterval: readAgainMilliseconds,
  }));
}

/** Adds a rule, or gives one other terms. */
export function useSaveRule() {
  return useChange((rule: SaveRule) => api.notifications.save.mutate(rule));
}

/** Keeps a rule from telling anything. */
export function usePauseRule() {
  return useChange((rule: string) => api.notifications.pause.mutate({ rule }));
}

/** Lets a paused rule go on. */
export function useResumeRule() {
  return useChange((rule: string) => api.notifications.resume.mutate({ rule }));
}

/** Takes a rule away, with its log. */
export function useDeleteRule() {
  return useChange((rule: string) => api.notifications.delete.mutate({ rule }));
}

/** Sends a test message at once. */
export function useTestRule() {
  return useMutation(() => ({ mutationFn: (rule: string) => api.notifications.test.mutate({ rule }) }));
}

/** Has a delivery sent once more. */
export function useRedeliver() {
  return useChange((delivery: string) => api.notifications.redeliver.mutate({ delivery }));
}

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

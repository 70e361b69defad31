import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/solid-query";
import type { RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";
import { keys as setKeys } from "./sets.ts";

/** One row of the list of integrations. */
export type IntegrationListItem = RouterOutputs["integrations"]["list"]["items"][number];
/** An integration with its definition. */
export type Integration = RouterOutputs["integrations"]["get"];

/** Under which keys the answers are held. */
export const keys = {
  all: ["integrations"] as const,
  lists: ["integrations", "list"] as const,
  list: (search: string) => [...keys.lists, search] as const,
  one: (key: string | undefined) => ["integrations", "one", key] as const,
  system: ["system"] as const,
};

const listedMax = 200;

/** The integrations whose name or key holds the text. */
export function useIntegrations(search: () => string) {
  return useQuery(() => ({
    queryKey: keys.list(search()),
    queryFn: () => api.integrations.list.query({ search: search() || undefined, limit: listedMax }),
    placeholderData: keepPreviousData,
  }));
}

/** One integration with its definition; asked only when a key is there. */
export function useIntegration(key: () => string | undefined) {
  return useAnswer(() => ({
    queryKey: keys.one(key()),
    queryFn: () => api.integrations.get.query({ key: key() ?? "" }),
    enabled: key() !== undefined,
  }));
}

/** Takes an integration out of use. */
export function useDeleteIntegration() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (key: string) => api.integrations.delete.mutate({ key }),
    onSuccess: () => readAgain(client),
  }));
}

/** Puts an integration that was deleted back into use, at its newest version. */
export function useRestoreIntegration() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (key: string) => api.integrations.restore.mutate({ key }),
    onSuccess: () => readAgain(client),
  }));
}

/** A set tells which of its integrations have been deleted. */
function readAgain(client: QueryClient): Promise<unknown> {
  return Promise.all([keys.all, setKeys.all].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** All integrations, to choose one of them for a step. */
export function useIntegrationChoices() {
  return useAnswer(() => ({
    queryKey: keys.list(""),
    queryFn: () => api.integrations.list.query({ limit: listedMax }),
  }));
}

/** What the server allows, and the time zone in which it means `today`. */
export function useSystem() {
  return useQuery(askSystem);
}

/** The same for a form that is there before it is known, which must not go away for a moment when it is. */
export function useSystemAnswer() {
  return useAnswer(askSystem);
}

const askSystem = () => ({ queryKey: keys.system, queryFn: () => api.system.info.query(), staleTime: Infinity });

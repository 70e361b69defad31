import { keepPreviousData, useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { alone, api, toFault } from "./api.ts";
import { type RecordFilter, keys as recordKeys } from "./records.ts";

/** A change to all open records of a filter, or the way back from one. */
export type BulkEdit = RouterOutputs["records"]["bulk"]["get"];
/** Which records are changed, and what is done to one of their columns. */
export type BulkEditOrder = RouterInputs["records"]["bulk"]["start"];
/** What is done to one column. */
export type BulkChange = BulkEditOrder["change"];
/** What a change would do. */
export type BulkEditPreview = RouterOutputs["records"]["bulk"]["preview"];

/** Under which keys the answers are held. */
export const keys = {
  list: ["bulk-edits", "list"] as const,
  one: (bulkEdit: string) => ["bulk-edits", "one", bulkEdit] as const,
  columns: (filter: RecordFilter | undefined) => ["bulk-edits", "columns", filter] as const,
  preview: (order: BulkEditOrder | null) => ["bulk-edits", "preview", order] as const,
};

const listedMax = 20;
const progressMilliseconds = 500;
const listMilliseconds = 15_000;
const retriesMax = 3;

/** Tries a change and keeps nothing; a newer order gives the older one up. Without an order nothing is asked. */
export function useBulkEditPreview(order: () => BulkEditOrder | null) {
  return useAnswer(() => {
    const asked = order();
    return {
      queryKey: keys.preview(asked),
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        if (!asked) throw new Error("A preview was asked for without a change.");
        return api.records.bulk.preview.query(asked, { signal, context: alone });
      },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 0,
      retry: (failures: number, error: Error) => failures < retriesMax && toFault(error).code === "server_unreachable",
    };
  });
}

/** The columns that the open records of a filter have. Without a filter nothing is asked. */
export function useBulkColumns(filter: () => RecordFilter | undefined) {
  return useAnswer(() => {
    const asked = filter();
    return {
      queryKey: keys.columns(asked),
      queryFn: () => api.records.bulk.columns.query({ filter: asked }),
      enabled: asked !== undefined,
      placeholderData: keepPreviousData,
    };
  });
}

/** A bulk edit, followed until it is over. Without an id nothing is asked. */
export function useBulkEdit(bulkEdit: () => string | undefined) {
  return useAnswer(() => {
    const id = bulkEdit();
    return {
      queryKey: keys.one(id ?? ""),
      queryFn: () => api.records.bulk.get.query({ bulkEdit: id ?? "" }),
      enabled: id !== undefined,
      refetchInterval: ({ state }: { state: { data: BulkEdit | undefined } }) =>
        state.data?.status === "in_progress" && progressMilliseconds,
    };
  });
}

/** The latest bulk edits, the newest first. */
export function useBulkEdits() {
  return useAnswer(() => ({
    queryKey: keys.list,
    queryFn: async () => (await api.records.bulk.list.query({ limit: listedMax })).items,
    refetchInterval: listMilliseconds,
  }));
}

/** Has a change made to all open records of a filter. */
export function useStartBulkEdit() {
  return useStart((order: BulkEditOrder) => api.records.bulk.start.mutate(order));
}

/** Has a bulk edit taken back, by a bulk edit of its own. */
export function useUndoBulkEdit() {
  return useStart((bulkEdit: string) => api.records.bulk.undo.mutate({ bulkEdit }));
}

/** Stops a bulk edit; what it has changed stays. */
export function useStopBulkEdit() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (bulkEdit: string) => api.records.bulk.stop.mutate({ bulkEdit }),
    onSuccess: (stopped) => client.setQueryData(keys.one(stopped.id), stopped),
  }));
}

/** Reads again what a bulk edit has changed, once it is over. */
export function useBulkEditEnd() {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.list }),
      client.invalidateQueries({ queryKey: recordKeys.all }),
    ]);
  };
}

function useStart<Input>(start: (input: Input) => Promise<BulkEdit>) {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: start,
    onSuccess: (started) => {
      client.setQueryData(keys.one(started.id), started);
      // It is seen under way also where it is over before the list could be read again.
      client.setQueryData<BulkEdit[]>(keys.list, (listed = []) => [started, ...listed]);
      return client.invalidateQueries({ queryKey: keys.list });
    },
  }));
}

import { keepPreviousData, useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { useAnswer } from "./answer.ts";
import { api } from "./api.ts";

/** A rejected record as it stands now. */
export type RejectedRecord = RouterOutputs["records"]["list"]["items"][number];
/** The row of a record as it is shown: under its columns, even where it does not fit them. */
export const shownRow = ({ laidOut, values }: Pick<RejectedRecord, "laidOut" | "values">) => laidOut?.row ?? values;
/** A rejected record with all that has happened to it. */
export type RecordDetails = RouterOutputs["records"]["get"];
/** What a run's records are checked by. */
export type RecordRules = RouterOutputs["records"]["rules"];
/** How many records fit a filter, by state and by issue. */
export type RecordCounts = RouterOutputs["records"]["count"];
/** Which records are meant. */
export type RecordFilter = NonNullable<RouterInputs["records"]["list"]["filter"]>;
/** Records named one by one, or all that fit a filter. */
export type Selection = RouterInputs["records"]["dismiss"]["of"];
/** New texts of one record, by the names of their columns. */
export type RecordEdit = RouterInputs["records"]["edit"]["edits"][number];
/** The runs that a resubmission made. */
export type Resubmission = RouterOutputs["records"]["resubmit"];

/** Under which keys the answers are held. */
export const keys = {
  all: ["records"] as const,
  open: ["records", "open"] as const,
  count: (filter: RecordFilter) => [...keys.all, "count", filter] as const,
  one: (record: string | undefined) => [...keys.all, "one", record] as const,
  rules: (run: string) => ["rules", run] as const,
};

const rulesFreshMilliseconds = 60_000;

/** How to count the records of a filter. */
export const countOf = (filter: RecordFilter) => ({
  queryKey: keys.count(filter),
  queryFn: () => api.records.count.query({ filter }),
});

/** How many records fit, by their states and issues. */
export function useRecordCounts(filter: () => RecordFilter) {
  return useAnswer(() => ({ ...countOf(filter()), placeholderData: keepPreviousData }));
}

/** How many rejected records wait for somebody. */
export function useOpenCount() {
  return useAnswer(() => ({ queryKey: keys.open, queryFn: () => api.records.open.query() }));
}

/** A record with its history; asked only when an id is there. */
export function useRecord(record: () => string | undefined) {
  return useAnswer(() => ({
    queryKey: keys.one(record()),
    queryFn: () => readRecord(record() ?? ""),
    enabled: record() !== undefined,
  }));
}

/** A record with its history. */
export function readRecord(record: string): Promise<RecordDetails> {
  return api.records.get.query({ record });
}

/** How to read the rules of a run. */
export const rulesOf = (run: string) => ({
  queryKey: keys.rules(run),
  queryFn: () => api.records.rules.query({ run }),
  staleTime: rulesFreshMilliseconds,
});

/** Edits records, all of them or none, and gives them as they stand then. */
export function editRecords(edits: RecordEdit[]): Promise<RouterOutputs["records"]["edit"]> {
  return api.records.edit.mutate({ edits });
}

/** Puts records aside, for a reason. */
export function useDismissRecords() {
  return useChange((input: RouterInputs["records"]["dismiss"]) => api.records.dismiss.mutate(input));
}

/** Opens dismissed records again. */
export function useReopenRecords() {
  return useChange((input: RouterInputs["records"]["reopen"]) => api.records.reopen.mutate(input));
}

/** Says who is to look after records. */
export function useAssignRecords() {
  return useChange((input: RouterInputs["records"]["assign"]) => api.records.assign.mutate(input));
}

/** Sends records again, those and no others. */
export function useResubmitRecords() {
  return useChange((input: RouterInputs["records"]["resubmit"]) => api.records.resubmit.mutate(input));
}

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  }));
}

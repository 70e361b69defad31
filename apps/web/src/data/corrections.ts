import { useMutation, useQueryClient } from "@tanstack/solid-query";
import type { RouterInputs, RouterOutputs } from "@waybill/api";
import { api } from "./api.ts";
import { type RecordFilter, keys as recordKeys } from "./records.ts";

/** What became of a corrected `errors.csv`. */
export type ImportedCorrections = RouterOutputs["records"]["import"];
/** A file that was sent already, of which run it may have records, and whether those without issues are resubmitted. */
export type ImportOrder = RouterInputs["records"]["import"];

/** Takes the edits of a corrected `errors.csv`: all of them or none. */
export function useImportCorrections() {
  const client = useQueryClient();
  return useMutation(() => ({
    mutationFn: (order: ImportOrder) => api.records.import.mutate(order),
    onSuccess: () => client.invalidateQueries({ queryKey: recordKeys.all }),
  }));
}

/** Where the records of a filter are downloaded as an `errors.csv`. */
export function errorsCsvAddress(filter: RecordFilter): string {
  return `/records/errors.csv?filter=${encodeURIComponent(JSON.stringify(filter))}`;
}

import { createSignal } from "solid-js";
import type { RecordList } from "../data/record-list.ts";
import type { RecordFilter, RejectedRecord, Selection } from "../data/records.ts";

const recordsNamedMax = 1_000;

/** Which records the bar of actions is about: those that were chosen, or all that fit the filter. */
export interface Selected {
  has: (record: string) => boolean;
  /** Whether all that fit were chosen, also those that are not read yet. */
  all: () => boolean;
  count: () => number;
  toggle: (records: string[], chosen?: boolean) => void;
  toggleAll: () => void;
  clear: () => void;
  /** The chosen ones for the server, of those that `fits` lets through. */
  of: (fits?: (record: RejectedRecord) => boolean) => Selection;
}

/** A selection of the list's records; without one the actions are about all that fit. */
export function createSelected(list: RecordList, filter: () => RecordFilter): Selected {
  const [all, setAll] = createSignal(false);
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set<string>());
  const clear = () => {
    setAll(false);
    setChosen(new Set<string>());
  };
  return {
    all,
    has: (record) => all() || chosen().has(record),
    count: () => (all() ? (list.total() ?? 0) : chosen().size),
    toggle(records, to) {
      // One that is taken out of all leaves those that have been read.
      const before = all() ? list.held().map((record) => record.id) : chosen();
      const next = new Set(before);
      const add = to ?? !records.every((record) => next.has(record));
      for (const record of records) {
        if (add) next.add(record);
        else next.delete(record);
      }
      setAll(false);
      setChosen(new Set([...next].slice(0, recordsNamedMax)));
    },
    toggleAll: () => (all() || chosen().size > 0 ? clear() : setAll(true)),
    clear,
    of(fits = () => true) {
      if (all() || chosen().size === 0) return { filter: filter() };
      const records = [...chosen()].filter((id) => {
        const record = list.find(id);
        return record !== undefined && fits(record);
      });
      return { records };
    },
  };
}

import { useQueryClient } from "@tanstack/solid-query";
import { batch, createEffect, createSignal, on } from "solid-js";
import { api, toFault } from "./api.ts";
import { createRecordPages, pageRecords } from "./record-pages.ts";
import { countOf, keys, type RecordFilter, type RejectedRecord } from "./records.ts";

/** The records of a filter as they stood when they were read, by their place. */
export interface RecordList {
  /** How many there are; undefined until that is known. */
  total: () => number | undefined;
  at: (index: number) => RejectedRecord | undefined;
  /** The columns of the source of a run that has a record here. */
  columnsOf: (run: string) => string[];
  find: (id: string) => RejectedRecord | undefined;
  /** All that have been read so far. */
  held: () => RejectedRecord[];
  /** Where the records of another run begin, as far as they have been read. */
  runStarts: () => ReadonlySet<number>;
  /** Reads what is not there yet of these places. */
  need: (first: number, last: number) => Promise<void>;
  /** Puts in the record as it stands now, where it is shown. */
  replace: (record: RejectedRecord) => void;
  /** Reads all anew; what is shown stays until then. */
  refresh: () => Promise<void>;
  reading: () => boolean;
  fault: () => string | undefined;
}

/**
 * Holds a list still while somebody works in it: a record that no longer fits the filter since it was corrected keeps its
 * place until the list is read anew.
 */
export function createRecordList(filter: () => RecordFilter): RecordList {
  const client = useQueryClient();
  const pages = createRecordPages();
  const [total, setTotal] = createSignal<number>();
  const [reading, setReading] = createSignal(false);
  const [fault, setFault] = createSignal<string>();
  let asked = new Map<number, ReturnType<typeof ask>>();
  let wanted: [first: number, last: number] = [0, 0];
  let generation = 0;

  const ask = (page: number) =>
    api.records.list.query({ filter: filter(), offset: page * pageRecords, limit: pageRecords });

  async function readPage(page: number): Promise<void> {
    if (pages.has(page)) return;
    const current = generation;
    const answering = asked.get(page) ?? ask(page);
    asked.set(page, answering);
    try {
      const answer = await answering;
      if (current === generation && !pages.has(page)) pages.put(page, answer);
    } catch (error) {
      if (current !== generation) return;
      asked.delete(page);
      setFault(toFault(error).message);
    }
  }

  async function need(first: number, last: number): Promise<void> {
    wanted = [first, last];
    await Promise.all(pagesOf(first, last).map(readPage));
  }

  async function refresh(): Promise<void> {
    const current = ++generation;
    setReading(true);
    client.invalidateQueries({ queryKey: keys.all });
    try {
      const asking = pagesOf(...wanted).map((page) => [page, ask(page)] as const);
      const [counts, ...answers] = await Promise.all([
        client.fetchQuery({ ...countOf(filter()), staleTime: 0 }),
        ...asking.map(([, answering]) => answering),
      ]);
      if (current !== generation) return;
      asked = new Map(asking);
      batch(() => {
        pages.clear();
        for (const [nth, answer] of answers.entries()) pages.put(asking[nth]?.[0] ?? 0, answer);
        setTotal(counts.total);
        setFault(undefined);
      });
      need(...wanted);
    } catch (error) {
      if (current === generation) setFault(toFault(error).message);
    } finally {
      if (current === generation) setReading(false);
    }
  }

  createEffect(
    on(
      () => JSON.stringify(filter()),
      () => {
        wanted = [0, 0];
        refresh();
      },
    ),
  );

  return { ...pages, total, reading, fault, need, refresh };
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / pageRecords);
  return Array.from({ length: Math.floor(last / pageRecords) - from + 1 }, (_, index) => from + index);
}

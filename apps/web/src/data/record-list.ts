import { useQueryClient } from "@tanstack/solid-query";
import { createEffect, createSignal, on } from "solid-js";
import { createStore, produce, reconcile } from "solid-js/store";
import { api, toFault } from "./api.ts";
import { countOf, type RecordFilter, type RejectedRecord } from "./records.ts";

const pageRecords = 200;

/** The records of a filter as they stood when they were read, by their place. */
export interface RecordList {
  /** How many there are; undefined until that is known. */
  total: () => number | undefined;
  at: (index: number) => RejectedRecord | undefined;
  /** The columns of the source of a run that has a record here. */
  columnsOf: (run: string) => string[];
  find: (id: string) => RejectedRecord | undefined;
  indexOf: (id: string) => number | undefined;
  /** The places of which the record is there, in order. */
  places: () => number[];
  /** All that have been read so far. */
  held: () => RejectedRecord[];
  /** Reads what is not there yet of these places. */
  need: (first: number, last: number) => Promise<void>;
  /** Puts in the record as it stands now, where it is shown. */
  replace: (record: RejectedRecord) => void;
  /** Reads all anew; what is shown stays until then. */
  refresh: () => Promise<void>;
  reading: () => boolean;
  fault: () => string | undefined;
}

interface Held {
  rows: Record<number, RejectedRecord>;
  columns: Record<string, string[]>;
}

/**
 * Holds a list still while somebody works in it: a record that no longer fits the filter since it was corrected keeps its
 * place until the list is read anew.
 */
export function createRecordList(filter: () => RecordFilter): RecordList {
  const client = useQueryClient();
  const [held, setHeld] = createStore<Held>({ rows: {}, columns: {} });
  const [total, setTotal] = createSignal<number>();
  const [reading, setReading] = createSignal(false);
  const [fault, setFault] = createSignal<string>();
  const places = new Map<string, number>();
  let asked = new Map<number, Promise<Page>>();
  let known = new Set<number>();
  let wanted: [first: number, last: number] = [0, 0];
  let generation = 0;

  const pagesOf = (first: number, last: number) => {
    const from = Math.floor(first / pageRecords);
    return Array.from({ length: Math.floor(last / pageRecords) - from + 1 }, (_, index) => from + index);
  };
  const ask = (page: number) =>
    api.records.list.query({ filter: filter(), offset: page * pageRecords, limit: pageRecords });
  type Page = Awaited<ReturnType<typeof ask>>;

  const put = (page: number, { items, columns }: Page) => {
    known.add(page);
    for (const [at, record] of items.entries()) places.set(record.id, page * pageRecords + at);
    setHeld(
      produce((state) => {
        Object.assign(state.columns, columns);
        for (const [at, record] of items.entries()) state.rows[page * pageRecords + at] = record;
      }),
    );
  };

  async function readPage(page: number): Promise<void> {
    const current = generation;
    const answering = asked.get(page) ?? ask(page);
    asked.set(page, answering);
    try {
      const answer = await answering;
      if (current === generation && !known.has(page)) put(page, answer);
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
    try {
      const pages = pagesOf(...wanted);
      const asking = pages.map((page) => [page, ask(page)] as const);
      const [counts, ...answers] = await Promise.all([
        client.fetchQuery({ ...countOf(filter()), staleTime: 0 }),
        ...asking.map(([, answering]) => answering),
      ]);
      if (current !== generation) return;
      asked = new Map(asking);
      known = new Set(pages);
      places.clear();
      const rows: Held["rows"] = {};
      for (const [nth, answer] of answers.entries()) {
        for (const [at, record] of answer.items.entries()) rows[(pages[nth] ?? 0) * pageRecords + at] = record;
      }
      for (const [place, record] of Object.entries(rows)) places.set(record.id, Number(place));
      setTotal(counts.total);
      setHeld("rows", reconcile(rows));
      setHeld("columns", (columns) => Object.assign({}, columns, ...answers.map((answer) => answer.columns)));
      setFault(undefined);
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

  return {
    total,
    reading,
    fault,
    refresh,
    at: (index) => held.rows[index],
    columnsOf: (run) => held.columns[run] ?? [],
    find: (id) => held.rows[places.get(id) ?? -1],
    indexOf: (id) => places.get(id),
    places: () => Object.keys(held.rows).map(Number),
    held: () => Object.values(held.rows),
    need,
    replace(record) {
      const place = places.get(record.id);
      if (place !== undefined) setHeld("rows", place, reconcile(record, { key: null }));
    },
  };
}

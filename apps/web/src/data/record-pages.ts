import { createSignal, type Signal, untrack } from "solid-js";
import type { RejectedRecord } from "./records.ts";

/** How many records are read at once. */
export const pageRecords = 200;

interface Page {
  items: RejectedRecord[];
  columns: Record<string, string[]>;
}

/**
 * Pages of a list, each heard by what shows it alone, so that a list of a million records costs no more than what of it is
 * on screen.
 */
export function createRecordPages() {
  const pages = new Map<number, Signal<readonly RejectedRecord[]>>();
  const columns = new Map<string, string[]>();
  const places = new Map<string, number>();
  const known = new Set<number>();
  const [runStarts, setRunStarts] = createSignal<ReadonlySet<number>>(new Set<number>());
  const [version, setVersion] = createSignal(0);

  const signalOf = (page: number): Signal<readonly RejectedRecord[]> => {
    const found = pages.get(page) ?? createSignal<readonly RejectedRecord[]>([]);
    pages.set(page, found);
    return found;
  };
  const at = (index: number) =>
    index < 0 ? undefined : signalOf(Math.floor(index / pageRecords))[0]()[index % pageRecords];

  function findStarts(first: number, count: number): number[] {
    const found: number[] = [];
    for (let index = first; index <= first + count; index++) {
      const run = at(index)?.run.id;
      if (run !== undefined && run !== at(index - 1)?.run.id && (index === 0 || at(index - 1))) found.push(index);
    }
    return found;
  }

  return {
    at,
    runStarts,
    has: (page: number) => known.has(page),
    columnsOf(run: string): string[] {
      version();
      return columns.get(run) ?? none;
    },
    find(id: string): RejectedRecord | undefined {
      version();
      const place = places.get(id);
      return place === undefined ? undefined : at(place);
    },
    held(): RejectedRecord[] {
      version();
      return [...known].flatMap((page) => [...signalOf(page)[0]()]);
    },
    put(page: number, { items, columns: named }: Page): void {
      known.add(page);
      for (const [run, names] of Object.entries(named)) columns.set(run, names);
      for (const [nth, record] of items.entries()) places.set(record.id, page * pageRecords + nth);
      signalOf(page)[1](items);
      const starts = untrack(() => findStarts(page * pageRecords, items.length));
      setRunStarts((before) => (starts.every((start) => before.has(start)) ? before : new Set([...before, ...starts])));
      setVersion((before) => before + 1);
    },
    replace(record: RejectedRecord): void {
      const place = places.get(record.id);
      if (place === undefined) return;
      const [items, setItems] = signalOf(Math.floor(place / pageRecords));
      setItems(untrack(items).with(place % pageRecords, record));
    },
    clear(): void {
      for (const [, setItems] of pages.values()) setItems([]);
      known.clear();
      places.clear();
      setRunStarts(new Set<number>());
      setVersion((before) => before + 1);
    },
  };
}

const none: string[] = [];

import { createVirtualizer, defaultRangeExtractor } from "@tanstack/solid-virtual";
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, untrack } from "solid-js";
import { type RejectedRecord, shownRow } from "../data/records.ts";
import type { Desk } from "./desk.ts";
import { ColumnNames, GridBand, GridHeader } from "./grid-header.tsx";
import { createGridInput } from "./grid-input.ts";
import { GridRow } from "./grid-row.tsx";
import { IssueBar } from "./issue-bar.tsx";
import { columnWidths, gridColumns, leadingColumns, sameColumns } from "./layout.model.ts";

/** A browser scrolls no further than about 33 million pixels, which a million rows of this height stay within. */
const rowPixels = 32;
const headerPixels = 34;
const bandPixels = 34;
const namesPixels = 30;
const rowsMeasured = 100;
const overscanRows = 12;
const restMilliseconds = 60;

/** The rejected records as a grid that is worked through by keyboard, with the columns that they came with. */
export function RecordGrid(props: { desk: Desk; manyRuns: boolean }) {
  const desk = props.desk;
  const { list, cursor } = desk;
  let scroller!: HTMLDivElement;
  const [focused, setFocused] = createSignal(false);
  const columnsAt = (index: number) => columnsOf(list.at(index));
  const columnsOf = (record: RejectedRecord | undefined) => (record ? list.columnsOf(record.run.id) : []);

  /** Whether another run begins here, and whether its records have other columns than those before. */
  const bandAt = (index: number): "none" | "run" | "columns" => {
    if (!props.manyRuns || !list.runStarts().has(index)) return "none";
    return index === 0 || sameColumns(columnsAt(index), columnsAt(index - 1)) ? "run" : "columns";
  };
  const heightAt = (index: number) =>
    rowPixels + { none: 0, run: bandPixels, columns: bandPixels + namesPixels }[bandAt(index)];
  const virtual = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return list.total() ?? 0;
    },
    getScrollElement: () => scroller,
    estimateSize: (index) => untrack(() => heightAt(index)),
    overscan: overscanRows,
    scrollMargin: headerPixels,
    scrollPaddingStart: headerPixels,
    // The cell that has the focus stays, however far somebody scrolls.
    rangeExtractor: (range) => {
      const { row } = untrack(cursor.active);
      const shown = defaultRangeExtractor(range);
      return row >= range.count || shown.includes(row) ? shown : [...shown, row].toSorted((a, b) => a - b);
    },
  });
  createEffect(on([list.runStarts, () => props.manyRuns], () => virtual.measure()));

  const items = () => virtual.getVirtualItems();
  const starts = createMemo(() => new Map(items().map(({ index, start }) => [index, start])));
  const shown = createMemo(() => [...starts().keys()]);
  createEffect(() => {
    if (items().length === 0 || !virtual.range) return;
    const { startIndex, endIndex } = virtual.range;
    // What flies past is not asked for.
    const timer = setTimeout(() => list.need(startIndex, endIndex), restMilliseconds);
    onCleanup(() => clearTimeout(timer));
  });
  const topRow = () => items().find((item) => item.end > (virtual.scrollOffset ?? 0) + headerPixels)?.index ?? 0;
  const columns = createMemo(() => {
    const found = columnsAt(topRow());
    return found.length > 0 ? found : columnsAt(cursor.active().row);
  });

  const known = new Map<string, number[]>();
  const widthsOf = (names: string[]) => {
    const key = JSON.stringify(names);
    const alike = () => untrack(list.held).filter((record) => sameColumns(columnsOf(record), names));
    const texts = () => alike().slice(0, rowsMeasured).map(shownRow);
    const widths = known.get(key) ?? columnWidths(names, texts());
    if (names.length > 0) known.set(key, widths);
    return widths;
  };
  const widthAt = (index: number) => widthsOf(columnsAt(index)).reduce((sum, one) => sum + one, 0);
  const width = createMemo(() => Math.max(0, ...shown().map(widthAt)));
  const show = (row: number) => virtual.scrollToIndex(row, { align: "auto" });
  const input = createGridInput(desk, {
    pageRows: () => Math.floor(scroller.clientHeight / rowPixels) - 2,
    show,
    setFocused,
  });

  const leave = (event: FocusEvent & { currentTarget: HTMLElement; target: Element }) => {
    const { relatedTarget, target } = event;
    if (relatedTarget instanceof Node) setFocused(event.currentTarget.contains(relatedTarget));
    // A row that gives way as the grid scrolls takes the focus with it, and nobody has left.
    else queueMicrotask(() => target.isConnected && setFocused(false));
  };
  const aria = () => ({
    role: "grid" as const,
    "aria-label": "Rejected records",
    "aria-multiselectable": true,
    "aria-rowcount": (list.total() ?? 0) + 1,
    "aria-colcount": columns().length + leadingColumns,
    "aria-busy": list.reading(),
  });
  return (
    <>
      <div
        ref={scroller}
        class="min-h-0 flex-1 overflow-auto overscroll-contain rounded-t-lg border border-line bg-card text-sm"
      >
        <table
          {...aria()}
          class="relative block"
          style={{ width: `max(100%, ${width()}px)`, height: `${virtual.getTotalSize() + headerPixels}px` }}
          onFocusIn={() => setFocused(true)}
          onFocusOut={leave}
          onKeyDown={input.onKeyDown}
          onCopy={input.onCopy}
          onPaste={input.onPaste}
        >
          <GridHeader desk={desk} columns={columns()} template={gridColumns(widthsOf(columns()))} />
          <For each={shown()}>
            {(index) => (
              <tbody
                class="absolute inset-x-0 top-0 block"
                classList={{ "z-10": index === cursor.active().row }}
                style={{ transform: `translateY(${starts().get(index) ?? 0}px)` }}
              >
                <Show when={bandAt(index) !== "none" && list.at(index)}>
                  {(record) => <GridBand record={record()} />}
                </Show>
                <Show when={bandAt(index) === "columns"}>
                  <ColumnNames columns={columnsAt(index)} template={gridColumns(widthsOf(columnsAt(index)))} />
                </Show>
                <GridRow
                  desk={desk}
                  index={index}
                  record={list.at(index)}
                  template={gridColumns(widthsOf(columnsAt(index)))}
                  focused={focused()}
                  input={input}
                />
              </tbody>
            )}
          </For>
        </table>
      </div>
      <IssueBar desk={desk} input={input} />
    </>
  );
}

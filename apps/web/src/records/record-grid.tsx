import { createVirtualizer, defaultRangeExtractor } from "@tanstack/solid-virtual";
import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import type { RejectedRecord } from "../data/records.ts";
import type { Desk } from "./desk.ts";
import { ColumnNames, GridBand, GridHeader } from "./grid-header.tsx";
import { createGridInput } from "./grid-input.ts";
import { GridRow } from "./grid-row.tsx";
import { IssueBar } from "./issue-bar.tsx";
import { columnWidths, gridColumns, leadingColumns, sameColumns } from "./layout.model.ts";

const rowPixels = 34;
const headerPixels = 34;
const bandPixels = 34;
const namesPixels = 30;
const rowsMeasured = 100;
const overscanRows = 12;

/** The rejected records as a grid that is worked through by keyboard, with the columns that they came with. */
export function RecordGrid(props: { desk: Desk; manyRuns: boolean }) {
  const { desk } = props;
  const { list, cursor } = desk;
  let scroller!: HTMLDivElement;
  const [focused, setFocused] = createSignal(false);
  const columnsAt = (index: number) => columnsOf(list.at(index));
  const columnsOf = (record: RejectedRecord | undefined) => (record ? list.columnsOf(record.run.id) : []);

  /** Whether another run begins here, and whether its records have other columns than those before. */
  const bandAt = (index: number): "none" | "run" | "columns" => {
    const record = list.at(index);
    const before = list.at(index - 1);
    if (!props.manyRuns || !record || record.run.id === before?.run.id) return "none";
    if (index === 0 || !before) return "run";
    return sameColumns(columnsOf(record), columnsOf(before)) ? "run" : "columns";
  };
  const heightAt = (index: number) =>
    rowPixels + { none: 0, run: bandPixels, columns: bandPixels + namesPixels }[bandAt(index)];
  const virtual = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return list.total() ?? 0;
    },
    getScrollElement: () => scroller,
    estimateSize: heightAt,
    overscan: overscanRows,
    scrollMargin: headerPixels,
    scrollPaddingStart: headerPixels,
    // The cell that has the focus stays, however far somebody scrolls.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), cursor.active().row])]
        .filter((row) => row < range.count)
        .sort((a, b) => a - b),
  });
  const bands = createMemo(() =>
    list
      .places()
      .filter((index) => bandAt(index) !== "none")
      .join(),
  );
  createEffect(on(bands, () => virtual.measure()));

  const items = () => virtual.getVirtualItems();
  const starts = createMemo(() => new Map(items().map(({ index, start }) => [index, start])));
  const shown = createMemo(() => [...starts().keys()]);
  createEffect(() => {
    if (items().length > 0 && virtual.range) list.need(virtual.range.startIndex, virtual.range.endIndex);
  });
  const topRow = () => items().find((item) => item.end > (virtual.scrollOffset ?? 0) + headerPixels)?.index ?? 0;
  const columns = createMemo(() => {
    const found = columnsAt(topRow());
    return found.length > 0 ? found : columnsAt(cursor.active().row);
  });

  const known = new Map<string, number[]>();
  const widthsOf = (names: string[]) => {
    const key = JSON.stringify(names);
    const rows = () =>
      list
        .held()
        .filter((record) => sameColumns(columnsOf(record), names))
        .slice(0, rowsMeasured);
    const widths =
      known.get(key) ??
      columnWidths(
        names,
        rows().map((record) => record.values),
      );
    if (names.length > 0) known.set(key, widths);
    return widths;
  };
  const width = () => widthsOf(columns()).reduce((sum, one) => sum + one, 0);
  const show = (row: number) => virtual.scrollToIndex(row, { align: "auto" });
  const input = createGridInput(desk, {
    pageRows: () => Math.floor(scroller.clientHeight / rowPixels) - 2,
    show,
    takeFocus: () => setFocused(true),
  });

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
          onFocusOut={(event) => setFocused(event.currentTarget.contains(event.relatedTarget as Node | null))}
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

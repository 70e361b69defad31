import { createSignal } from "solid-js";
import { columnsOf, layBlock, type Place, parseBlock, rowsOf, writeBlock } from "./block.model.ts";
import type { CellText, Desk } from "./desk.ts";
import { commandOf, type GridCommand, goTo } from "./grid-keys.model.ts";
import { leadingColumns } from "./layout.model.ts";

const rowsSearchedMax = 5_000;
const pastedCellsMax = 50_000;

/** What the grid does with keys, the mouse and the clipboard. */
export interface GridInput {
  onKeyDown: (event: KeyboardEvent) => void;
  onCopy: (event: ClipboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
  /** Goes to a cell that was pressed. */
  press: (place: Place, extend: boolean) => void;
  /** Begins to edit the active cell; `text` takes the place of what is there. */
  begin: (text?: string) => void;
  /** Keeps the edit and goes on from there; without a step somebody has gone elsewhere already. */
  keep: (step?: { down: number; right: number }) => void;
  giveUp: () => void;
  findIssue: (step: 1 | -1) => Promise<void>;
  /** What the last command could not do, in words. */
  said: () => string;
}

/** What the commands need of the grid that shows the desk. */
interface GridView {
  pageRows: () => number;
  /** Scrolls to a row. */
  show: (row: number) => void;
  /** Whether the focus is to be on the active cell. */
  setFocused: (focused: boolean) => void;
}

/** The commands of a grid on a desk. */
export function createGridInput(desk: Desk, view: GridView): GridInput {
  const { list, cursor } = desk;
  const [said, setSaid] = createSignal("");
  const columnsAt = (row: number) => {
    const record = list.at(row) ?? desk.activeRecord();
    return leadingColumns + (record ? list.columnsOf(record.run.id).length : 0);
  };
  const size = () => ({
    rows: list.total() ?? 0,
    columns: columnsAt(desk.place().row),
    firstColumn: leadingColumns,
    pageRows: view.pageRows(),
  });
  const goToCell = (place: Place, extend = false) => {
    setSaid("");
    cursor.go(place, extend);
    view.show(place.row);
  };

  function run(command: GridCommand): void {
    if (command.do === "move" || command.do === "go" || command.do === "page") {
      goToCell(goTo(desk.place(), command, size()), command.extend);
      return;
    }
    if (command.do === "find-issue") findIssue(command.step);
    else if (command.do === "edit") begin(command.text);
    else if (command.do === "empty") write(blockCells().map((place) => ({ place, text: "" })));
    else if (command.do === "undo") desk.undo();
    else if (command.do === "redo") desk.redo();
    else if (command.do === "select-all") desk.selected.toggleAll();
    else select();
  }

  function select(): void {
    const records = rowsOf(cursor.block()).flatMap((row) => list.at(row)?.id ?? []);
    desk.selected.toggle(records);
  }

  function blockCells(): Place[] {
    const block = cursor.block();
    return rowsOf(block).flatMap((row) => columnsOf(block).map((column) => ({ row, column })));
  }

  function write(cells: CellText[]): void {
    const left = desk.write(cells.filter(({ place }) => place.column >= leadingColumns));
    setSaid(
      left === 0
        ? ""
        : `${left === 1 ? "1 cell was" : `${left} cells were`} left as they are: only open records can be changed.`,
    );
  }

  function begin(text?: string): void {
    const record = desk.activeRecord();
    const { column } = desk.place();
    if (!record || !desk.isWritable(record, column)) return;
    const { columns, texts } = desk.row(record);
    const at = column - leadingColumns;
    cursor.setEdit({ record: record.id, column: columns[at] ?? "", text: text ?? texts[at] ?? "" });
  }

  function keep(step?: { down: number; right: number }): void {
    const edit = cursor.edit();
    if (!edit) return;
    const place = desk.place();
    view.setFocused(step !== undefined);
    cursor.setEdit(null);
    write([{ place, text: edit.text }]);
    if (!step) return;
    view.setFocused(true);
    goToCell(goTo(place, { do: "move", ...step, extend: false }, size()));
  }

  async function findIssue(step: 1 | -1): Promise<void> {
    const from = desk.place();
    const last = (list.total() ?? 0) - 1;
    for (let row = from.row, looked = 0; row >= 0 && row <= last && looked < rowsSearchedMax; row += step, looked++) {
      if (!list.at(row)) await list.need(row, row);
      const record = list.at(row);
      const columns = record
        ? desk.row(record).issues.map((issue) => desk.columnOf(record, issue) + leadingColumns)
        : [];
      const places = columns.map((column) => Math.max(column, leadingColumns - 1)).toSorted((a, b) => (a - b) * step);
      const found = places.find((column) => row !== from.row || (column - from.column) * step > 0);
      if (found !== undefined) return goToCell({ row, column: found });
    }
    setSaid(step === 1 ? "There is no further issue below." : "There is no further issue above.");
  }

  async function copy(): Promise<string> {
    const block = cursor.block();
    await list.need(block.top, block.bottom);
    return copied();
  }

  const copied = () =>
    writeBlock(
      rowsOf(cursor.block()).map((row) => {
        const record = list.at(row);
        const columns = columnsOf(cursor.block()).filter((column) => column >= leadingColumns);
        return columns.map((column) => (record ? (desk.row(record).texts[column - leadingColumns] ?? "") : ""));
      }),
    );

  async function paste(text: string): Promise<void> {
    const block = { ...cursor.block(), left: Math.max(leadingColumns, cursor.block().left) };
    const pasted = parseBlock(text);
    const cells = layBlock(pasted, { ...block, right: Math.max(block.left, block.right) }, size());
    const [first, last] = [cells[0], cells.at(-1)];
    if (!first || !last) return;
    if (cells.length > pastedCellsMax) {
      setSaid(`That is ${cells.length} cells; at most ${pastedCellsMax} are pasted at once.`);
      return;
    }
    await list.need(first.place.row, last.place.row);
    write(cells);
    cursor.go(first.place);
    cursor.go(last.place, true);
  }

  return {
    said,
    begin,
    keep,
    findIssue,
    giveUp() {
      view.setFocused(true);
      cursor.setEdit(null);
    },
    press(place, extend) {
      keep();
      setSaid("");
      cursor.go(place, extend);
    },
    onKeyDown(event) {
      if (isControl(event.target)) return;
      const { row, column } = desk.place();
      const command = commandOf(event, desk.isWritable(list.at(row), column));
      if (!command) return;
      event.preventDefault();
      run(command);
    },
    onCopy(event) {
      if (isControl(event.target)) return;
      event.preventDefault();
      const { top, bottom } = cursor.block();
      const there = rowsOf({ ...cursor.block(), top, bottom }).every((row) => list.at(row));
      if (there) event.clipboardData?.setData("text/plain", copied());
      else copy().then((text) => navigator.clipboard.writeText(text));
    },
    onPaste(event) {
      if (isControl(event.target)) return;
      event.preventDefault();
      paste(event.clipboardData?.getData("text/plain") ?? "");
    },
  };
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, input, textarea, select") !== null;
}

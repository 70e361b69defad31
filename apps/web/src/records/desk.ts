import type { RecordIssue } from "@waybill/core/record/issue-code";
import { createSignal } from "solid-js";
import { createRecordList, type RecordList } from "../data/record-list.ts";
import { type RecordFilter, type RejectedRecord, shownRow } from "../data/records.ts";
import type { Place } from "./block.model.ts";
import { type Checker, columnByName, rowWith } from "./check.model.ts";
import { createCheckers } from "./checkers.ts";
import { type Cursor, createCursor } from "./cursor.ts";
import { createDrafts, type Drafts } from "./drafts.ts";
import { leadingColumns } from "./layout.model.ts";
import { createSelected, type Selected } from "./selected.ts";
import { emptyStack, redo, remember, type Step, type UndoStack, undo } from "./undo.model.ts";

/** A record as it stands on the desk: with what was typed and not saved yet. */
export interface DeskRow {
  columns: string[];
  texts: readonly string[];
  issues: readonly RecordIssue[];
}

/** A new text for a cell. */
export interface CellText {
  place: Place;
  text: string;
}

/** Where somebody corrects records: the list, where they are in it, what they chose, typed and can take back. */
export interface Desk {
  list: RecordList;
  cursor: Cursor;
  selected: Selected;
  drafts: Drafts;
  checkerOf: (run: string) => Checker | null;
  row: (record: RejectedRecord) => DeskRow;
  /** In which column of the source an issue stands; -1 for one of the whole record. */
  columnOf: (record: RejectedRecord, issue: RecordIssue) => number;
  activeRecord: () => RejectedRecord | undefined;
  /** Where the cursor is; in a record that has fewer columns than the one before, in its last one. */
  place: () => Place;
  /** Whether text can be put into a column of the grid. */
  isWritable: (record: RejectedRecord | undefined, column: number) => boolean;
  /** Writes what can be written of these, and tells how many cells were left out. */
  write: (cells: CellText[]) => number;
  undo: () => void;
  redo: () => void;
}

/** A desk for the records of a filter. */
export function createDesk(filter: () => RecordFilter): Desk {
  const list = createRecordList(filter);
  const cursor = createCursor();
  const drafts = createDrafts(list);
  const checkerOf = createCheckers();
  const [stack, setStack] = createSignal<UndoStack>(emptyStack);

  function row(record: RejectedRecord): DeskRow {
    const columns = list.columnsOf(record.run.id);
    const edit = cursor.editIn(record.id);
    const typed = edit ? { [edit.column]: edit.text } : undefined;
    const draft = drafts.of(record.id);
    if (!typed && !draft) return { columns, texts: shownRow(record), issues: record.issues };
    const texts = rowWith(columns, shownRow(record), { ...draft?.values, ...typed });
    return { columns, texts, issues: checkerOf(record.run.id)?.issues(record, texts) ?? record.issues };
  }

  const activeRecord = () => list.at(cursor.active().row);

  function place(): Place {
    const { row, column } = cursor.active();
    const record = activeRecord();
    return {
      row,
      column: record ? Math.min(column, leadingColumns - 1 + list.columnsOf(record.run.id).length) : column,
    };
  }

  function isWritable(record: RejectedRecord | undefined, column: number): boolean {
    if (record?.state !== "open" || column < leadingColumns) return false;
    const columns = list.columnsOf(record.run.id);
    const at = column - leadingColumns;
    return columns.indexOf(columns[at] ?? "") === at;
  }

  function write(cells: CellText[]): number {
    const steps = new Map<string, Step>();
    let left = 0;
    for (const { place, text } of cells) {
      const record = list.at(place.row);
      if (!record || !isWritable(record, place.column)) {
        left++;
        continue;
      }
      const { columns, texts } = row(record);
      const at = place.column - leadingColumns;
      const name = columns[at] ?? "";
      const step = steps.get(record.id) ?? { record: record.id, before: {}, after: {} };
      step.before[name] = texts[at] ?? "";
      step.after[name] = text;
      steps.set(record.id, step);
    }
    const changed = [...steps.values()].filter((step) =>
      Object.entries(step.after).some(([name, text]) => step.before[name] !== text),
    );
    setStack((before) => remember(before, changed));
    drafts.write(changed.map(({ record, after }) => ({ record, values: after })));
    return left;
  }

  function step(way: typeof undo): void {
    const next = way(stack());
    if (!next) return;
    setStack(next.stack);
    drafts.write(next.texts);
  }

  return {
    list,
    cursor,
    drafts,
    checkerOf,
    selected: createSelected(list, filter),
    row,
    columnOf: (record, { field }) =>
      checkerOf(record.run.id)?.columnOf(field) ?? columnByName(list.columnsOf(record.run.id), field),
    activeRecord,
    place,
    isWritable,
    write,
    undo: () => step(undo),
    redo: () => step(redo),
  };
}

/** The column of the source in which a field stands, as far as the records that have been read tell. */
export function columnOfField({ list, columnOf }: Desk, field: string | undefined): string | undefined {
  for (const record of field ? list.held() : []) {
    const issue = record.issues.find((one) => one.field === field);
    if (issue) return list.columnsOf(record.run.id)[columnOf(record, issue)];
  }
  return undefined;
}

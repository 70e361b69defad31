import { createSelector, createSignal } from "solid-js";
import { type Block, type Place, spanBlock } from "./block.model.ts";
import { leadingColumns } from "./layout.model.ts";

/** An edit of one cell that is under way. */
export interface CellEdit {
  record: string;
  column: string;
  text: string;
}

/** Where somebody is in the grid, which block is marked, and what is being typed. */
export interface Cursor {
  active: () => Place;
  block: () => Block;
  edit: () => CellEdit | null;
  /** What is being typed in this record; heard by what shows this record alone. */
  editIn: (record: string) => CellEdit | null;
  /** Goes to a cell; `extend` leaves the other corner of the block where it is. */
  go: (place: Place, extend?: boolean) => void;
  setEdit: (edit: CellEdit | null) => void;
}

/** A cursor at the first cell of the source. */
export function createCursor(): Cursor {
  const start = { row: 0, column: leadingColumns };
  const [active, setActive] = createSignal<Place>(start);
  const [anchor, setAnchor] = createSignal<Place>(start);
  const [edit, setEdit] = createSignal<CellEdit | null>(null);
  const isEdited = createSelector(() => edit()?.record);
  return {
    active,
    block: () => spanBlock(anchor(), active()),
    edit,
    editIn: (record) => (isEdited(record) ? edit() : null),
    go(place, extend = false) {
      setActive(place);
      if (!extend) setAnchor(place);
    },
    setEdit,
  };
}

import type { Place } from "./block.model.ts";

/** The keys of an event that matter here. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
}

/** What a key asks of the grid while no cell is being edited. */
export type GridCommand =
  | { do: "move"; down: number; right: number; extend: boolean }
  | { do: "go"; to: "row-start" | "row-end" | "list-start" | "list-end"; extend: boolean }
  | { do: "page"; pages: 1 | -1; extend: boolean }
  /** Typing replaces what is there; Enter and F2 change it. */
  | { do: "edit"; text?: string }
  | { do: "find-issue"; step: 1 | -1 }
  | { do: "empty" | "undo" | "redo" | "select" | "select-all" };

const arrows: Record<string, { down: number; right: number }> = {
  ArrowDown: { down: 1, right: 0 },
  ArrowUp: { down: -1, right: 0 },
  ArrowRight: { down: 0, right: 1 },
  ArrowLeft: { down: 0, right: -1 },
};

/** The command of a key; null for one that is not the grid's. `writable` is whether the active cell takes text. */
export function commandOf(event: KeyPress, writable: boolean): GridCommand | null {
  if (event.isComposing || event.altKey) return null;
  const { key, shiftKey: extend } = event;
  if (event.ctrlKey || event.metaKey) return commandWithControl(key, extend);
  const arrow = arrows[key];
  if (arrow) return { do: "move", ...arrow, extend };
  if (key === "Home" || key === "End") return { do: "go", to: key === "Home" ? "row-start" : "row-end", extend };
  if (key === "PageDown" || key === "PageUp") return { do: "page", pages: key === "PageDown" ? 1 : -1, extend };
  if (key === "F8") return { do: "find-issue", step: extend ? -1 : 1 };
  if (key === " ") return { do: "select" };
  if (!writable) return key === "n" || key === "p" ? { do: "find-issue", step: key === "n" ? 1 : -1 } : null;
  if (key === "Enter" || key === "F2") return { do: "edit" };
  if (key === "Delete" || key === "Backspace") return { do: "empty" };
  return [...key].length === 1 ? { do: "edit", text: key } : null;
}

function commandWithControl(key: string, extend: boolean): GridCommand | null {
  if (key === "Home" || key === "End") return { do: "go", to: key === "Home" ? "list-start" : "list-end", extend };
  const letter = key.toLowerCase();
  if (letter === "z") return { do: extend ? "redo" : "undo" };
  if (letter === "y") return { do: "redo" };
  return letter === "a" ? { do: "select-all" } : null;
}

/** Where a key leads that ends an edit and keeps it; null for one that goes on with it. */
export function stepAfterEdit(event: KeyPress): { down: number; right: number } | null {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === "Enter" && !event.shiftKey) return { down: 1, right: 0 };
  if (event.key === "Tab") return { down: 0, right: event.shiftKey ? -1 : 1 };
  return null;
}

/** Where a command leads from a cell, within a grid of so many rows and columns; a page is so many rows. */
export function goTo(
  from: Place,
  command: GridCommand,
  size: { rows: number; columns: number; firstColumn: number; pageRows: number },
): Place {
  const lastRow = Math.max(0, size.rows - 1);
  const lastColumn = Math.max(0, size.columns - 1);
  const within = (row: number, column: number) => ({
    row: Math.min(lastRow, Math.max(0, row)),
    column: Math.min(lastColumn, Math.max(0, column)),
  });
  if (command.do === "move") return within(from.row + command.down, from.column + command.right);
  if (command.do === "page") return within(from.row + command.pages * size.pageRows, from.column);
  if (command.do !== "go") return from;
  const row = { "row-start": from.row, "row-end": from.row, "list-start": 0, "list-end": lastRow }[command.to];
  return within(row, command.to.endsWith("start") ? size.firstColumn : lastColumn);
}

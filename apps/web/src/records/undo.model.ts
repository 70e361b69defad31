/** New texts of one record, by the names of their columns, and those that stood there before. */
export interface Step {
  record: string;
  before: Record<string, string>;
  after: Record<string, string>;
}

/** What was done, and what was taken back, the last one last; each may cover many records. */
export interface UndoStack {
  done: Step[][];
  undone: Step[][];
}

/** The texts that a record is to have. */
export interface Texts {
  record: string;
  values: Record<string, string>;
}

const stepsMax = 200;

export const emptyStack: UndoStack = { done: [], undone: [] };

/** Remembers what was just done; what was taken back before cannot be done again after that. */
export function remember(stack: UndoStack, steps: Step[]): UndoStack {
  const changed = steps.filter(({ before, after }) =>
    Object.keys(after).some((column) => before[column] !== after[column]),
  );
  if (changed.length === 0) return stack;
  return { done: [...stack.done, changed].slice(-stepsMax), undone: [] };
}

/** Takes the last one back: the texts that stood before. Null where there is none. */
export function undo({ done, undone }: UndoStack): { stack: UndoStack; texts: Texts[] } | null {
  const last = done.at(-1);
  if (!last) return null;
  const texts = last.map(({ record, before }) => ({ record, values: before }));
  return { stack: { done: done.slice(0, -1), undone: [...undone, last] }, texts };
}

/** Does again what was taken back last. Null where there is none. */
export function redo({ done, undone }: UndoStack): { stack: UndoStack; texts: Texts[] } | null {
  const last = undone.at(-1);
  if (!last) return null;
  const texts = last.map(({ record, after }) => ({ record, values: after }));
  return { stack: { done: [...done, last], undone: undone.slice(0, -1) }, texts };
}

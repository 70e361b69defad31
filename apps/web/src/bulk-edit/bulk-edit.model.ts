import type { BulkChange, BulkEdit } from "../data/bulk-edits.ts";
import { formatNumber } from "../ui/format.ts";
import { transformWords } from "./change-form.model.ts";

const quotedCharactersMax = 40;
const recentMilliseconds = 10 * 60_000;
const recentMax = 2;

/** What a bulk edit does, in a few words. */
export function describeBulkEdit({ kind, change }: Pick<BulkEdit, "kind" | "change">): string {
  return kind === "undo" ? `Undo: ${describeChange(change)}` : describeChange(change);
}

function describeChange(change: BulkChange): string {
  const { column } = change;
  switch (change.kind) {
    case "set":
      return change.value === "" ? `Make ${column} empty` : `Set ${column} to ${quote(change.value)}`;
    case "replace":
      return `Replace ${change.pattern ? "the pattern " : ""}${quote(change.find)} with ${quote(change.with)} in ${column}`;
    case "map": {
      const count = Object.keys(change.values).length;
      return `Map ${count === 1 ? "1 value" : `${formatNumber(count)} values`} of ${column}`;
    }
    case "transform":
      return `${transformName(change.transform)} in ${column}`;
  }
}

function transformName(transform: Extract<BulkChange, { kind: "transform" }>["transform"]): string {
  if (typeof transform === "string") return transformWords[transform];
  return `Transform by ${Object.keys(transform).join()}`;
}

function quote(text: string): string {
  if (text === "") return "nothing";
  return `“${text.length > quotedCharactersMax ? `${text.slice(0, quotedCharactersMax)}…` : text}”`;
}

/** How far a bulk edit is, or what it came to. */
export function describeCounts({ kind, status, counts }: Pick<BulkEdit, "kind" | "status" | "counts">): string {
  const { matched, lookedAt, changed, healed } = counts;
  if (kind === "undo") {
    const back = `${formatNumber(changed)} changed back`;
    return status === "in_progress" ? `${formatNumber(lookedAt)} of ${formatNumber(matched)} looked at, ${back}` : back;
  }
  const done = `${formatNumber(changed)} changed, ${formatNumber(healed)} without issues now`;
  return lookedAt >= matched
    ? `${done}, of ${formatNumber(matched)}`
    : `${formatNumber(lookedAt)} of ${formatNumber(matched)} looked at, ${done}`;
}

/** Percentage that has been looked at, in whole numbers. */
export function shareOf({ matched, lookedAt }: BulkEdit["counts"]): number {
  return matched === 0 ? 0 : Math.min(100, Math.floor((lookedAt / matched) * 100));
}

/** Whether a bulk edit can be taken back: it is over, changed something, and is no way back itself. */
export function isUndoable({ kind, status, undone, counts }: BulkEdit): boolean {
  return kind === "change" && status !== "in_progress" && !undone && counts.changed > 0;
}

/** What is shown at once: all that are under way, and the last few that have just been over at `now`, in milliseconds. */
export function recentOf(edits: readonly BulkEdit[], now: number): BulkEdit[] {
  const over = edits.filter(({ finishedAt }) => finishedAt && now - Date.parse(finishedAt) < recentMilliseconds);
  const shown = new Set(over.slice(0, recentMax));
  return edits.filter((edit) => edit.status === "in_progress" || shown.has(edit));
}

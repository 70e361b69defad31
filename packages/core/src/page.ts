import { z } from "zod";
import { WaybillError } from "./errors.ts";
import { limits } from "./limits.ts";

/** What every list takes: how many items, and the `next` of the page before. */
export const pageInput = {
  limit: z.number().int().min(1).max(limits.pageItemsMax).default(limits.pageItemsDefault),
  cursor: z.string().max(500).nullish(),
};

/** What every list gives. `next` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Cuts rows read with one to spare into a page; `position` gives what its last item is found by. */
export function toPage<Item>(rows: Item[], limit: number, position: (item: Item) => unknown[]): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, next: more ? writeCursor(position(last)) : null };
}

/** What stands in a cursor, checked against its shape. */
export function readCursor<Shape extends z.ZodType>(
  cursor: string | null | undefined,
  shape: Shape,
): z.output<Shape> | null {
  if (!cursor) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new WaybillError("input_invalid", "The cursor is not one that this list gave. Start again without it.");
  }
}

function writeCursor(position: unknown[]): string {
  return Buffer.from(JSON.stringify(position), "utf8").toString("base64url");
}

import { describe, expect, test } from "vitest";
import { createRecordPages, pageRecords } from "./record-pages.ts";
import type { RejectedRecord } from "./records.ts";

const record = (id: string, run: string, revision = 0) => ({ id, run: { id: run }, revision }) as RejectedRecord;
const page = (run: string, count: number, first = 0) => ({
  items: Array.from({ length: count }, (_, nth) => record(`${run}-${first + nth}`, run)),
  columns: { [run]: ["id"] },
});

describe("pages of a list", () => {
  test("give a record by its place and by its id, whichever page came first", () => {
    const pages = createRecordPages();
    pages.put(1, page("a", 2, pageRecords));
    expect(pages.at(0)).toBeUndefined();
    expect(pages.at(pageRecords + 1)?.id).toBe(`a-${pageRecords + 1}`);
    expect(pages.find(`a-${pageRecords}`)?.run.id).toBe("a");
    expect(pages.columnsOf("a")).toEqual(["id"]);
  });

  test("put a changed record where it was", () => {
    const pages = createRecordPages();
    pages.put(0, page("a", 3));
    pages.replace(record("a-1", "a", 7));
    pages.replace(record("elsewhere", "a"));
    expect(pages.held().map(({ revision }) => revision)).toEqual([0, 7, 0]);
  });

  test("tell where another run begins, once both sides of the place are there", () => {
    const pages = createRecordPages();
    pages.put(1, page("b", 1));
    expect([...pages.runStarts()]).toEqual([]);
    pages.put(0, page("a", pageRecords));
    expect([...pages.runStarts()].toSorted((one, other) => one - other)).toEqual([0, pageRecords]);
  });

  test("hold nothing after they are cleared", () => {
    const pages = createRecordPages();
    pages.put(0, page("a", 3));
    pages.clear();
    expect([pages.at(0), pages.find("a-1"), pages.has(0), pages.held()]).toEqual([undefined, undefined, false, []]);
  });
});

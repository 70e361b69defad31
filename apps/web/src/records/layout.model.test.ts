import { expect, test } from "vitest";
import { columnWidths, gridColumns, leadingColumns } from "./layout.model.ts";

test("a column is as wide as its longest text, within bounds", () => {
  const [id = 0, note = 0, mail = 0] = columnWidths(
    ["id", "note", "mail"],
    [["1", "x".repeat(999), "a@example.com"]],
  ).slice(leadingColumns);
  expect(id).toBeLessThan(mail);
  expect(mail).toBeLessThan(note);
  expect(note).toBeLessThan(300);
});

test("the last column takes what is left", () => {
  expect(gridColumns([40, 72])).toBe("40px minmax(72px, 1fr)");
});

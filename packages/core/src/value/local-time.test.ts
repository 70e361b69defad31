import { expect, test } from "vitest";
import { compileDatePattern } from "./date-pattern.ts";
import { toUtc } from "./local-time.ts";

const read = compileDatePattern("yyyy-MM-dd HH:mm");

test.each([
  ["in winter", "2026-01-15 12:00", "2026-01-15T11:00:00Z"],
  ["in summer", "2026-07-15 12:00", "2026-07-15T10:00:00Z"],
  ["before the clocks go on", "2026-03-29 01:59", "2026-03-29T00:59:00Z"],
  ["in the hour that is skipped, moved on", "2026-03-29 02:30", "2026-03-29T01:30:00Z"],
  ["after the clocks went on", "2026-03-29 03:00", "2026-03-29T01:00:00Z"],
  ["in the hour that comes twice, the first", "2026-10-25 02:30", "2026-10-25T00:30:00Z"],
  ["after that hour", "2026-10-25 03:00", "2026-10-25T02:00:00Z"],
  ["long ago", "0099-06-01 12:00", "0099-06-01T11:06:32Z"],
])("a local time %s", (_, text, moment) => {
  const parts = read(text);
  expect(parts && toUtc(parts, "Europe/Berlin")).toBe(moment);
});

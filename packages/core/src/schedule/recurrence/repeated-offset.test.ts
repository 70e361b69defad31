import { expect, test } from "vitest";
import { repeatedOffset } from "./repeated-offset.ts";

test.each([
  ["2026-10-24T23:59:00Z", "Europe/Berlin", null],
  ["2026-10-25T00:30:00Z", "Europe/Berlin", "+02:00"],
  ["2026-10-25T01:30:00Z", "Europe/Berlin", "+01:00"],
  ["2026-10-25T02:00:00Z", "Europe/Berlin", null],
  ["2027-03-28T01:00:00Z", "Europe/Berlin", null],
  ["2026-11-01T05:30:00Z", "America/New_York", "-04:00"],
  ["2026-11-01T05:30:00Z", "America/St_Johns", null],
  ["2026-11-01T04:15:00Z", "America/St_Johns", "-02:30"],
  ["2026-11-01T04:15:00Z", "UTC", null],
])("at %s in %s", (at, timeZone, offset) => {
  expect(repeatedOffset(new Date(at), timeZone)).toBe(offset);
});

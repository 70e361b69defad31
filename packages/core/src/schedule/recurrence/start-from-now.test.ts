import { expect, test } from "vitest";
import { occurrencesAfter } from "./occurrences.ts";
import { recurrenceSchema } from "./recurrence.ts";
import { startFromNow } from "./start-from-now.ts";

test.each([
  ["the next full minute of the zone", "Europe/Berlin", "2026-11-24T09:00:00Z", "2026-11-24T10:01"],
  ["the one after, where the next is there at once", "UTC", "2026-11-24T09:00:57Z", "2026-11-24T09:02"],
  ["the same in an hour that will come again", "Europe/Berlin", "2026-10-25T00:10:00Z", "2026-10-25T02:11"],
  ["the end of an hour that comes again", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T03:00"],
  ["that of UTC in a zone that nobody knows", "Mars/Base", "2026-11-24T09:00:00Z", "2026-11-24T09:01"],
])("what begins now begins at %s", (_, timeZone, now, start) => {
  expect(startFromNow(timeZone, new Date(now))).toBe(start);
});

test.each([
  { kind: "hourly", every: 1 },
  { kind: "daily", every: 1, at: "02:30" },
  { kind: "cron", expression: "30 2 * * *" },
  { kind: "cron", expression: "*/5 * * * *" },
])("so many times as are asked for are to come, of %j", (rhythm) => {
  for (const now of ["2026-11-24T09:17:00Z", "2026-10-25T00:40:00Z", "2026-10-25T01:10:00Z", "2027-03-28T00:59:30Z"]) {
    const start = startFromNow("Europe/Berlin", new Date(now));
    const recurrence = recurrenceSchema.parse({ ...rhythm, timeZone: "Europe/Berlin", start, times: 3 });
    expect([now, occurrencesAfter(recurrence, new Date(now), 10).length]).toEqual([now, 3]);
  }
});

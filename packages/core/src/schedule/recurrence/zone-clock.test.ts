import { expect, test } from "vitest";
import { readLocal } from "./local-minute.ts";
import { isNamedZone, lacksDay, placeLocal } from "./zone-clock.ts";

test.each([
  ["in winter", "Europe/Berlin", "2026-01-15T12:00", "2026-01-15T11:00", null],
  ["in summer", "Europe/Berlin", "2026-07-15T12:00", "2026-07-15T10:00", null],
  ["before a gap", "Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59", null],
  ["at the first minute of a gap", "Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00", "gap"],
  ["at the last minute of a gap", "Europe/Berlin", "2026-03-29T02:59", "2026-03-29T01:00", "gap"],
  ["after a gap", "Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00", null],
  ["before an hour that comes twice", "Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59", null],
  ["at the first minute of that hour", "Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00", "repeated"],
  ["at the last minute of that hour", "Europe/Berlin", "2026-10-25T02:59", "2026-10-25T00:59", "repeated"],
  ["after that hour", "Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", null],
  ["in a gap that runs to midnight", "America/Nuuk", "2026-03-28T23:30", "2026-03-29T01:00", "gap"],
  ["in another gap to midnight", "America/Scoresbysund", "2026-03-28T23:30", "2026-03-29T01:00", "gap"],
  ["at midnight after that gap", "America/Nuuk", "2026-03-29T00:00", "2026-03-29T01:00", null],
  ["in a gap from midnight", "Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00", "gap"],
  ["in a gap from midnight", "Asia/Beirut", "2026-03-29T00:30", "2026-03-28T22:00", "gap"],
  ["in a gap from midnight", "America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00", "gap"],
  [
    "in an hour before midnight that comes twice",
    "America/Santiago",
    "2026-04-04T23:30",
    "2026-04-05T02:30",
    "repeated",
  ],
  ["in a midnight that comes twice", "America/Havana", "2026-11-01T00:00", "2026-11-01T04:00", "repeated"],
  ["in a gap of half an hour", "Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "gap"],
  ["after a gap of half an hour", "Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30", null],
  ["in a gap of two hours", "Antarctica/Troll", "2026-03-29T02:30", "2026-03-29T01:00", "gap"],
])("a local time %s: %s %s", (_, timeZone, local, at, moved) => {
  const placed = placeLocal(readLocal(local), timeZone);
  expect({ ...placed, at: new Date(placed.at).toISOString() }).toEqual({ at: `${at}:00.000Z`, moved });
});

test.each([
  ["2011-12-29T23:59", "Pacific/Apia", false],
  ["2011-12-30T00:00", "Pacific/Apia", true],
  ["2011-12-30T23:59", "Pacific/Apia", true],
  ["2011-12-31T00:00", "Pacific/Apia", false],
  ["2026-03-28T23:30", "America/Nuuk", false],
  ["2026-04-24T00:30", "Africa/Cairo", false],
])("whether %s is on a day that %s left out: %s", (local, timeZone, lacks) => {
  expect(lacksDay(readLocal(local), timeZone)).toBe(lacks);
});

test.each([
  ["Europe/Berlin", true],
  ["UTC", true],
  ["Mars/Olympus", false],
  ["+02:00", false],
  ["", false],
])("whether %j is a zone: %s", (name, is) => expect(isNamedZone(name)).toBe(is));

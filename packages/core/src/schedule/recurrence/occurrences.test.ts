import { describe, expect, test } from "vitest";
import { nextOccurrence, occurrencesAfter } from "./occurrences.ts";
import type { RecurrenceKind } from "./recurrence.ts";
import { makeRecurrence } from "./testing/sample-recurrence.ts";

const utc = (text: string) => new Date(`${text}Z`);

/** Occurrences as `2026-03-29T01:00 2026-03-29T02:30 gap`: the moment in UTC, the local time, and what moved it. */
function list(kind: RecurrenceKind, changes: object, after: string | null, count = 4): string[] {
  const found = occurrencesAfter(makeRecurrence(kind, changes), after === null ? null : utc(after), count);
  return found.map(({ at, local, moved }) =>
    [at.toISOString().slice(0, 16), local, ...(moved ? [moved] : [])].join(" "),
  );
}

const localOf = (line: string) => line.split(" ")[1];

describe("once", () => {
  test("occurs once, strictly after what is asked", () => {
    expect(list("once", {}, null)).toEqual(["2026-03-29T04:00 2026-03-29T06:00"]);
    expect(list("once", {}, "2026-03-29T03:59:59.999")).toHaveLength(1);
    expect(list("once", {}, "2026-03-29T04:00")).toEqual([]);
  });

  test("is moved by a gap, and is the first of two", () => {
    expect(list("once", { at: "2026-03-29T02:30" }, null)).toEqual(["2026-03-29T01:00 2026-03-29T02:30 gap"]);
    expect(list("once", { at: "2026-10-25T02:30" }, null)).toEqual(["2026-10-25T00:30 2026-10-25T02:30 repeated"]);
  });

  test("does not occur on a day that there is not", () => {
    expect(list("once", { at: "2011-12-30T12:00", timeZone: "Pacific/Apia" }, null)).toEqual([]);
  });
});

describe("hourly", () => {
  test("keeps its spacing through clock changes", () => {
    expect(list("hourly", { every: 2, start: "2026-03-29T00:00" }, null, 3)).toEqual([
      "2026-03-28T23:00 2026-03-29T00:00",
      "2026-03-29T01:00 2026-03-29T03:00",
      "2026-03-29T03:00 2026-03-29T05:00",
    ]);
    expect(list("hourly", { start: "2026-10-25T01:30" }, null, 3)).toEqual([
      "2026-10-24T23:30 2026-10-25T01:30",
      "2026-10-25T00:30 2026-10-25T02:30",
      "2026-10-25T01:30 2026-10-25T02:30",
    ]);
  });

  test("begins after a gap that its start is in", () => {
    expect(list("hourly", { start: "2026-03-29T02:30" }, null, 2)).toEqual([
      "2026-03-29T01:00 2026-03-29T02:30 gap",
      "2026-03-29T02:00 2026-03-29T04:00",
    ]);
  });

  test.each([
    [null, "2026-01-01T00:00"],
    ["2025-12-31T22:59:59", "2026-01-01T00:00"],
    ["2025-12-31T23:00", "2026-01-01T05:00"],
    ["2026-01-01T03:59:59", "2026-01-01T05:00"],
    ["2026-01-01T04:00", "2026-01-01T10:00"],
    ["2126-01-01T00:00", "2126-01-01T04:00"],
  ])("every 5 hours, after %s at %s", (after, local) => {
    expect(list("hourly", { every: 5 }, after, 1).map(localOf)).toEqual([local]);
  });

  test("ends with its end, and not after one in a gap", () => {
    const start = "2026-03-29T01:00";
    expect(list("hourly", { start, end: "2026-03-29T03:00" }, null)).toHaveLength(2);
    expect(list("hourly", { start, end: "2026-03-29T02:59" }, null)).toHaveLength(1);
  });
});

describe("daily", () => {
  test("occurs once each day through clock changes", () => {
    expect(list("daily", {}, "2026-03-28T00:00")).toEqual([
      "2026-03-28T01:30 2026-03-28T02:30",
      "2026-03-29T01:00 2026-03-29T02:30 gap",
      "2026-03-30T00:30 2026-03-30T02:30",
      "2026-03-31T00:30 2026-03-31T02:30",
    ]);
    expect(list("daily", {}, "2026-10-25T00:00", 2)).toEqual([
      "2026-10-25T00:30 2026-10-25T02:30 repeated",
      "2026-10-26T01:30 2026-10-26T02:30",
    ]);
  });

  test.each(["2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30"])(
    "does not occur again in the second of two hours, after %s",
    (after) => expect(list("daily", {}, after, 1)).toEqual(["2026-10-26T01:30 2026-10-26T02:30"]),
  );

  test.each(["America/Nuuk", "America/Scoresbysund"])("occurs after a gap that runs to midnight in %s", (timeZone) => {
    expect(list("daily", { at: "23:30", timeZone }, "2026-03-28T12:00", 2)).toEqual([
      "2026-03-29T01:00 2026-03-28T23:30 gap",
      "2026-03-30T00:30 2026-03-29T23:30",
    ]);
  });

  test("leaves out a day that its zone leaves out", () => {
    const changes = { timeZone: "Pacific/Apia", start: "2011-12-28T00:00", at: "12:00", times: 3 };
    expect(list("daily", changes, null).map(localOf)).toEqual([
      "2011-12-28T12:00",
      "2011-12-29T12:00",
      "2011-12-31T12:00",
    ]);
  });

  test("counts its days from that of the start, and none before it", () => {
    const changes = { every: 3, start: "2026-01-01T02:31" };
    expect(list("daily", changes, null, 2).map(localOf)).toEqual(["2026-01-04T02:30", "2026-01-07T02:30"]);
    expect(list("daily", { ...changes, start: "2026-01-01T02:30" }, null, 1).map(localOf)).toEqual([
      "2026-01-01T02:30",
    ]);
    expect(list("daily", changes, "2126-01-01T00:00", 1).map(localOf)).toEqual(["2126-01-02T02:30"]);
  });
});

describe("weekly", () => {
  test("counts its weeks from the Monday before its start", () => {
    // 2026-01-01 is a Thursday.
    const changes = { every: 2, days: ["thu", "mon"], at: "06:00" };
    expect(list("weekly", changes, null).map(localOf)).toEqual([
      "2026-01-01T06:00",
      "2026-01-12T06:00",
      "2026-01-15T06:00",
      "2026-01-26T06:00",
    ]);
    expect(list("weekly", changes, "2026-01-15T05:00", 1).map(localOf)).toEqual(["2026-01-26T06:00"]);
    expect(list("weekly", { ...changes, start: "2026-01-04T23:59" }, null, 1).map(localOf)).toEqual([
      "2026-01-12T06:00",
    ]);
    expect(list("weekly", { ...changes, start: "2026-01-05T00:00" }, null, 1).map(localOf)).toEqual([
      "2026-01-05T06:00",
    ]);
  });

  test("takes a day that is named twice once", () => {
    expect(list("weekly", { days: ["sun", "sun"] }, null, 2).map(localOf)).toEqual([
      "2026-01-04T02:30",
      "2026-01-11T02:30",
    ]);
  });
});

describe("monthly", () => {
  const days = (changes: object, count: number) =>
    list("monthly", changes, null, count).map((line) => localOf(line)?.slice(5, 10));

  test("skips a day that a month lacks, or takes its last, as chosen", () => {
    expect(days({ days: [31] }, 3)).toEqual(["01-31", "03-31", "05-31"]);
    expect(days({ days: [31], missingDay: "last" }, 3)).toEqual(["01-31", "02-28", "03-31"]);
    expect(days({ days: ["last"] }, 3)).toEqual(["01-31", "02-28", "03-31"]);
    expect(days({ days: [29], start: "2028-02-01T00:00" }, 1)).toEqual(["02-29"]);
  });

  test("takes days that meet once, in their order", () => {
    expect(days({ days: ["last", 31, 30, 1, 1], missingDay: "last" }, 6)).toEqual([
      "01-01",
      "01-30",
      "01-31",
      "02-01",
      "02-28",
      "03-01",
    ]);
  });

  test("begins within a month", () => {
    const changes = { days: [1, 15], start: "2026-01-15T02:30" };
    expect(days(changes, 2)).toEqual(["01-15", "02-01"]);
    expect(days({ ...changes, start: "2026-01-15T02:31" }, 1)).toEqual(["02-01"]);
    expect(list("monthly", changes, "2126-12-15T02:00", 1).map(localOf)).toEqual(["2127-01-01T02:30"]);
  });
});

describe("cron", () => {
  test("at times of day occurs once each day", () => {
    expect(list("cron", {}, "2026-03-29T00:00", 2)).toEqual([
      "2026-03-29T01:00 2026-03-29T02:30 gap",
      "2026-03-30T00:30 2026-03-30T02:30",
    ]);
    expect(list("cron", {}, "2026-10-25T00:30", 1)).toEqual(["2026-10-26T01:30 2026-10-26T02:30"]);
  });

  test.each(["America/Nuuk", "America/Scoresbysund"])("occurs after a gap that runs to midnight in %s", (timeZone) => {
    expect(list("cron", { expression: "30 23 * * *", timeZone }, "2026-03-28T12:00", 1)).toEqual([
      "2026-03-29T01:00 2026-03-28T23:30 gap",
    ]);
  });

  test("is one occurrence where times meet after a gap, which tells the first of them", () => {
    const met = "2026-03-29T01:00 2026-03-29T02:00 gap";
    const next = "2026-03-30T00:00 2026-03-30T02:00";
    const expression = "0,30 2,3 * * *";
    expect(list("cron", { expression }, "2026-03-29T00:59:59", 3)).toEqual([
      met,
      "2026-03-29T01:30 2026-03-29T03:30",
      next,
    ]);
    expect(list("cron", { expression }, "2026-03-29T01:00", 1)).toEqual(["2026-03-29T01:30 2026-03-29T03:30"]);
  });

  test("with a wildcard follows the clocks: through both of two hours, and not into a gap", () => {
    expect(list("cron", { expression: "*/30 2 * * *" }, "2026-10-25T00:00", 3)).toEqual([
      "2026-10-25T00:30 2026-10-25T02:30",
      "2026-10-25T01:00 2026-10-25T02:00",
      "2026-10-25T01:30 2026-10-25T02:30",
    ]);
    expect(list("cron", { expression: "30 * * * *" }, "2026-03-29T00:00", 2).map(localOf)).toEqual([
      "2026-03-29T01:30",
      "2026-03-29T03:30",
    ]);
  });

  test.each(["30 2 * * *", "30 */2 * * *"])("occurs at its start, and none of %j before", (expression) => {
    expect(list("cron", { expression, start: "2026-01-01T02:30" }, null, 1).map(localOf)).toEqual(["2026-01-01T02:30"]);
    const [next] = list("cron", { expression, start: "2026-01-01T02:31" }, "2025-01-01T00:00", 1).map(localOf);
    expect(next).toBe(expression === "30 2 * * *" ? "2026-01-02T02:30" : "2026-01-01T04:30");
  });

  test("takes either of two days that are both named", () => {
    const expression = "0 9 13 * fri";
    expect(list("cron", { expression, start: "2026-01-10T00:00" }, null, 3).map(localOf)).toEqual([
      "2026-01-13T09:00",
      "2026-01-16T09:00",
      "2026-01-23T09:00",
    ]);
  });
});

describe.each<RecurrenceKind>(["hourly", "daily", "weekly", "monthly", "cron"])("the bounds of %s", (kind) => {
  const [, second, third] = occurrencesAfter(makeRecurrence(kind), null, 3);

  test("the end is an occurrence, and the minute before leaves it out", () => {
    const end = third?.local ?? "";
    const before = new Date(Date.parse(`${end}:00Z`) - 60_000).toISOString().slice(0, 16);
    expect(list(kind, { end }, null, 10)).toHaveLength(3);
    expect(list(kind, { end: before }, null, 10)).toHaveLength(2);
  });

  test("times are counted from the first, wherever one asks from", () => {
    const limited = makeRecurrence(kind, { times: 3 });
    expect(occurrencesAfter(limited, null, 10)).toHaveLength(3);
    expect(occurrencesAfter(limited, second?.at ?? null, 10)).toEqual([third]);
    expect(nextOccurrence(limited, third?.at ?? null)).toBeNull();
  });

  test("one page follows the other", () => {
    const recurrence = makeRecurrence(kind, { timeZone: "America/Nuuk", start: "2026-03-20T00:00" });
    const all = occurrencesAfter(recurrence, null, 40);
    expect(all).toHaveLength(40);
    for (const [index, { at }] of all.slice(0, -1).entries())
      expect(nextOccurrence(recurrence, at)).toEqual(all[index + 1]);
  });

  test("there is an end to computing", () => {
    expect(occurrencesAfter(makeRecurrence(kind), utc("2999-12-30T00:00"), 1_000).length).toBeLessThan(100);
    expect(nextOccurrence(makeRecurrence(kind), new Date(8.64e15))).toBeNull();
    expect(nextOccurrence(makeRecurrence(kind), new Date(-8.64e15))).toEqual(
      nextOccurrence(makeRecurrence(kind), null),
    );
    expect(occurrencesAfter(makeRecurrence(kind), null, 0)).toEqual([]);
  });
});

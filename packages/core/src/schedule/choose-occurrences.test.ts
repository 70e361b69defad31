import type { MissedPolicy } from "@waybill/db/words";
import { expect, test } from "vitest";
import { chooseOccurrences } from "./choose-occurrences.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 28, 6, minutes));
const choose = (due: number[], now: number, missed: MissedPolicy, missedWindowMinutes = 60, jitterSeconds = 0) => {
  const chosen = chooseOccurrences(due.map(at), at(now), { missed, missedWindowMinutes, jitterSeconds });
  return [chosen.start.map((one) => one.getUTCMinutes()), chosen.leave.map((one) => one.at.getUTCMinutes())];
};

test.each<[string, number[], number, MissedPolicy, number[], number[]]>([
  ["what is in time is started", [10], 10, "skip", [10], []],
  ["five minutes late is in time", [10], 15, "skip", [10], []],
  ["six minutes late is missed, and skipped", [10], 16, "skip", [], [10]],
  ["of all that were missed the last one is run", [10, 20, 30], 40, "once", [30], [10, 20]],
  ["what is in time does for those before it", [10, 20, 40], 40, "once", [40], [10, 20]],
  ["one that the next has come after is missed, however short that was ago", [10, 11, 12], 12, "once", [12], [10, 11]],
  ["one that the next has come after is skipped", [10, 11, 12], 13, "skip", [12], [10, 11]],
  ["all are run that were missed a moment ago", [10, 11, 12], 12, "all", [10, 11, 12], []],
  ["all are run that are young enough", [0, 20, 30], 50, "all", [0, 20, 30], []],
])("%s", (_, due, now, missed, start, leave) => expect(choose(due, now, missed)).toEqual([start, leave]));

test("the window bounds what is run at all, to the minute", () => {
  expect(choose([10], 40, "all", 30)).toEqual([[10], []]);
  expect(choose([10], 41, "all", 30)).toEqual([[], [10]]);
  expect(choose([10, 30], 41, "once", 30)).toEqual([[30], [10]]);
});

test("jitter is part of the time of an occurrence", () => {
  expect(choose([10], 25, "skip", 60, 600)).toEqual([[10], []]);
  expect(choose([10], 26, "skip", 60, 600)).toEqual([[], [10]]);
  expect(choose([10, 14], 20, "skip", 60, 600)).toEqual([[10, 14], []]);
  expect(choose([10, 14], 24, "skip", 60, 600)).toEqual([[14], [10]]);
});

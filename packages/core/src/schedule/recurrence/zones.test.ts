import { expect, test } from "vitest";
import { type Occurrence, occurrencesAfter } from "./occurrences.ts";
import { recurrenceSchema } from "./recurrence.ts";
import { WallClock } from "./testing/wall-clock.ts";

const hour = 3_600_000;
const day = 24 * hour;
const firstDay = Date.UTC(2025, 0, 1);
const lastDay = Date.UTC(2027, 11, 31);
const days = Array.from({ length: (lastDay - firstDay) / day + 1 }, (_, index) =>
  new Date(firstDay + index * day).toISOString().slice(0, 10),
);
const bounds = { start: "2025-01-01T00:00", end: "2027-12-31T23:59" };
const times = ["00:00", "01:30", "02:30", "03:00", "23:30"];
/** Of the hours the clocks are read at each so many, which comes to all hours of the day in turn. */
const readEvery = 25;
const zones = Intl.supportedValuesOf("timeZone");
const clocks = new Map<string, WallClock>();

/** With a change in an odd hour or of an odd length, or none, besides two common ones. */
const oddZones = [
  "Africa/Cairo",
  "Africa/El_Aaiun",
  "America/Asuncion",
  "America/Havana",
  "America/New_York",
  "America/Nuuk",
  "America/Santiago",
  "America/Scoresbysund",
  "America/St_Johns",
  "Antarctica/Troll",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "Europe/Berlin",
  "Pacific/Chatham",
];

test(`daily at ${times.join(", ")} in all ${zones.length} zones, 2025 to 2027: once each day, by the rule`, async () => {
  let cases = 0;
  let moved = 0;
  const anomalies: string[] = [];
  for (const timeZone of zones) {
    const clock = await look(timeZone);
    for (const at of times) {
      const expected = days.map((one) => place(clock, `${one}T${at}`));
      const found = compute({ kind: "daily", every: 1, at, timeZone });
      anomalies.push(...compare(`${timeZone} ${at}`, found, expected));
      cases += expected.length;
      moved += expected.filter((one) => one.moved !== null).length;
    }
  }
  console.info(
    `${cases} days looked at, in ${zones.length} zones at ${times.length} times; ${moved} moved by a change.`,
  );
  expect(anomalies).toEqual([]);
  expect(moved).toBeGreaterThan(zones.length);
  expect(cases).toBe(zones.length * times.length * 1_095);
});

test(`hourly in all ${zones.length} zones, 2025 to 2027: 3,600,000 ms apart`, async () => {
  let cases = 0;
  const anomalies: string[] = [];
  for (const timeZone of zones) {
    const clock = await look(timeZone);
    const [first = 0] = clock.momentsOf(bounds.start);
    const last = clock.momentsOf(bounds.end)[0] ?? 0;
    const found = compute({ kind: "hourly", every: 1, timeZone });
    const wrong = found.findIndex(({ at, local, moved }, index) => {
      if (at.getTime() !== first + index * hour || moved !== null) return true;
      return index % readEvery === 0 && local !== clock.read(at.getTime());
    });
    if (wrong >= 0) anomalies.push(`${timeZone}: hour ${wrong} is ${JSON.stringify(found[wrong])}`);
    const expected = Math.floor((last - first) / hour) + 1;
    if (found.length !== expected) anomalies.push(`${timeZone}: ${found.length} hours, not ${expected}`);
    cases += found.length;
  }
  console.info(`${cases} hours looked at, in ${zones.length} zones.`);
  expect(anomalies).toEqual([]);
  expect(cases).toBeGreaterThan(zones.length * 1_094 * 24);
});

test("cron at times of day in odd zones: once each day, and once where times meet", async () => {
  const listed: [string, string[]][] = [
    ["30 2 * * *", ["02:30"]],
    ["30 23 * * *", ["23:30"]],
    ["0,30 0-3,23 * * *", ["00", "01", "02", "03", "23"].flatMap((one) => [`${one}:00`, `${one}:30`])],
  ];
  for (const timeZone of oddZones) {
    const clock = await look(timeZone);
    for (const [expression, meant] of listed) {
      const all = days.flatMap((one) => meant.map((at) => place(clock, `${one}T${at}`)));
      const expected = all.filter(({ at }, index) => at !== all[index - 1]?.at);
      expect(compare(`${timeZone} ${expression}`, compute({ kind: "cron", expression, timeZone }), expected)).toEqual(
        [],
      );
    }
  }
});

test("cron with a wildcard in odd zones: whenever the clocks show it, two days about each change", async () => {
  const matching: [string, RegExp][] = [
    ["*/15 * * * *", /:(00|15|30|45)$/],
    ["30 * * * *", /:30$/],
    ["*/30 0-3 * * *", /T0[0-3]:(00|30)$/],
    ["10 */2 * * *", /T([02468]|[01][02468]|2[02]):10$/],
  ];
  for (const timeZone of oddZones) {
    const clock = await look(timeZone);
    for (const change of clock.changes) {
      const minutes = Array.from(
        { length: (4 * day) / 300_000 },
        (_, index) => change - 2 * day + (index + 1) * 300_000,
      );
      for (const [expression, pattern] of matching) {
        const expected = minutes
          .map((at) => ({ at, local: clock.read(at), moved: null }))
          .filter(({ local }) => pattern.test(local) && local >= bounds.start && local <= bounds.end);
        const recurrence = read({ kind: "cron", expression, timeZone });
        const found = occurrencesAfter(recurrence, new Date(change - 2 * day), expected.length);
        expect(compare(`${timeZone} ${expression}`, found, expected)).toEqual([]);
      }
    }
  }
});

interface Expected {
  at: number;
  local: string;
  moved: string | null;
}

/** Looks with pauses, in which others can work. */
async function look(timeZone: string): Promise<WallClock> {
  await new Promise((resolve) => setImmediate(resolve));
  const kept = clocks.get(timeZone);
  if (kept) return kept;
  const clock = new WallClock(timeZone, firstDay - 3 * day, lastDay + 4 * day);
  clocks.set(timeZone, clock);
  return clock;
}

function place(clock: WallClock, local: string): Expected {
  const [first, second] = clock.momentsOf(local);
  if (first === undefined) return { at: clock.afterGap(local), local, moved: "gap" };
  return { at: first, local, moved: second === undefined ? null : "repeated" };
}

function read(recurrence: object) {
  return recurrenceSchema.parse({ ...bounds, ...recurrence });
}

function compute(recurrence: object): Occurrence[] {
  return occurrencesAfter(read(recurrence), null, 100_000);
}

/** Where what was found is not what was expected: the first three such places. */
function compare(name: string, found: Occurrence[], expected: Expected[]): string[] {
  const length = Math.max(found.length, expected.length);
  const anomalies: string[] = [];
  for (let index = 0; index < length && anomalies.length < 3; index++) {
    const [one, other] = [found[index], expected[index]];
    if (one?.at.getTime() === other?.at && one?.local === other?.local && one?.moved === other?.moved) continue;
    anomalies.push(`${name}: ${one?.at.toISOString()} ${one?.local} ${one?.moved}, not ${JSON.stringify(other)}`);
  }
  return anomalies;
}

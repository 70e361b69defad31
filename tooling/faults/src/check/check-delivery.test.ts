import { expect, test } from "vitest";
import type { Delivery } from "../work/delivery.ts";
import { kinds } from "../work/kind.ts";
import { checkDelivery, type JudgedRun, sumFault } from "./check-delivery.ts";
import type { Holding } from "./holdings.ts";

const parcels: Delivery = { number: 7, kind: kinds.parcels, records: 1_000, cancelled: false };
const complaints: Delivery = { ...parcels, kind: kinds.complaints };
const payslips: Delivery = { ...parcels, kind: kinds.payslips, records: 6_000 };
const counts = { read: 1_000, accepted: 1_000, inserted: 1_000, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
const completed: JudgedRun = { name: "r", status: "completed", counts, kept: true, failure: null };
const whole: Holding = { rows: 1_000, records: 1_000, last: 1_000, wrong: 0, faulty: 0 };
const none: Holding = { rows: 0, records: 0, last: 0, wrong: 0, faulty: 0 };
const partial = { ...counts, read: 400, accepted: 400, inserted: 400 };
const failed = (code: string, kept: boolean): JudgedRun => ({
  ...completed,
  status: "failed",
  counts: partial,
  kept,
  failure: { code, message: "" },
});

test.each<[string, Delivery, JudgedRun, Holding]>([
  ["a completed run", parcels, completed, whole],
  [
    "a run with rejected records",
    complaints,
    {
      ...completed,
      status: "completed_with_errors",
      counts: { ...counts, accepted: 990, inserted: 990, rejected: 10 },
    },
    { ...whole, rows: 990, records: 990 },
  ],
  [
    "a run that lost its workers midway",
    parcels,
    failed("workers_lost", true),
    { ...whole, rows: 400, records: 400, last: 400 },
  ],
  [
    "a cancelled run",
    { ...parcels, cancelled: true },
    { ...completed, status: "cancelled", counts: partial },
    { ...whole, rows: 400, records: 400, last: 400 },
  ],
  [
    "an all-or-nothing run with a faulty record",
    payslips,
    {
      ...failed("nothing_kept", false),
      counts: { ...counts, read: 6_000, accepted: 5_999, inserted: 5_999, rejected: 1 },
    },
    none,
  ],
])("nothing is found in %s as it should be", (_, delivery, run, holding) => {
  expect(checkDelivery(delivery, run, holding)).toEqual({ violations: [], lost: 0, doubled: 0 });
});

test.each<[string, string, Delivery, JudgedRun, Holding]>([
  ["a lost record", "lost", parcels, completed, { ...whole, rows: 999, records: 999 }],
  ["a doubled record", "doubled", parcels, completed, { ...whole, rows: 1_001 }],
  ["a row that was changed", "foreign", parcels, completed, { ...whole, wrong: 1 }],
  ["a row that should have been rejected", "foreign", complaints, completed, { ...whole, faulty: 1 }],
  [
    "a record from beyond what was read",
    "foreign",
    parcels,
    failed("workers_lost", true),
    { ...whole, rows: 400, records: 400, last: 401 },
  ],
  [
    "records of a run that kept nothing",
    "foreign",
    parcels,
    failed("workers_lost", false),
    { ...whole, rows: 1, records: 1, last: 1 },
  ],
  [
    "a count of records that were not in the file",
    "counts",
    parcels,
    { ...completed, counts: { ...counts, read: 1_001, accepted: 1_001, inserted: 1_001 } },
    whole,
  ],
  ["counts that do not add up", "counts", parcels, { ...completed, counts: { ...counts, accepted: 999 } }, whole],
  ["a completed run that did not read to the end", "counts", parcels, { ...completed, counts: partial }, whole],
  ["a faulty record that was not rejected", "counts", complaints, completed, whole],
  ["a run that nobody cancelled", "status", parcels, { ...completed, status: "cancelled" }, whole],
  ["a failure that the world did not cause", "status", parcels, failed("unexpected", false), none],
  ["a run that is not over", "status", parcels, { ...completed, status: "in_progress" }, whole],
  [
    "an all-or-nothing run that kept some",
    "status",
    payslips,
    { ...completed, status: "completed_with_errors" },
    whole,
  ],
])("finds %s", (_, rule, delivery, run, holding) => {
  expect(checkDelivery(delivery, run, holding).violations.map((violation) => violation.rule)).toContain(rule);
});

test("says how many were lost and doubled", () => {
  expect(checkDelivery(parcels, completed, { ...whole, rows: 995, records: 990 })).toMatchObject({
    lost: 10,
    doubled: 5,
  });
});

test("finds an accepted record that was neither inserted, updated nor unchanged", () => {
  expect(sumFault({ counts: { ...counts, inserted: 999 } })).not.toBeNull();
  expect(sumFault({ counts })).toBeNull();
});

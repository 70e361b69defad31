import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { backOffSeconds, waitedSeconds } from "./back-off.ts";
import { describeWorldFault, isWorldFault } from "./world-fault.ts";

test.each([
  ["ENOSPC", "the worker's disk was full"],
  ["EDQUOT", "the worker's disk quota was used up"],
  ["EMFILE", "the worker had too many files open"],
  ["ENFILE", "the worker's machine had too many files open"],
  ["ECONNREFUSED", "the database could not be reached"],
])("%s is a fault of the world, and has its sentence", (code, sentence) => {
  const fault = Object.assign(new Error(code), { code });
  expect([isWorldFault(fault), describeWorldFault(fault)]).toEqual([true, sentence]);
});

test.each([
  ["40P01", "another program changed the same records in the same moment"],
  ["57014", "a statement was cancelled, by somebody or by the database's own time limit"],
  ["25006", "the database took no writes"],
  ["57P01", "the database could not be reached"],
])("the state %s of the database is a fault of the world, and has its sentence", (code, sentence) => {
  const fault = Object.assign(new DatabaseError(code, 0, "error"), { code });
  expect([isWorldFault(fault), describeWorldFault(fault)]).toEqual([true, sentence]);
});

test.each([
  "timeout expired",
  "Query read timeout",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
])("what the driver says of a lost connection is a fault of the world: %s", (message) => {
  expect(isWorldFault(new Error(message))).toBe(true);
});

test.each([new Error("The file is damaged."), Object.assign(new Error("ENOENT"), { code: "ENOENT" }), "a text"])(
  "%s is none",
  (fault) => {
    expect(isWorldFault(fault)).toBe(false);
  },
);

test.each([
  [1, 1],
  [2, 2],
  [5, 16],
  [6, 30],
  [100, 30],
])("after %i faults a run waits about %i s", (faults, nominal) => {
  for (let time = 1; time <= 100; time++) {
    const seconds = backOffSeconds(faults);
    expect(seconds).toBeGreaterThanOrEqual(Math.floor(nominal * 7.5) / 10);
    expect(seconds).toBeLessThanOrEqual(Math.ceil(nominal * 12.5) / 10);
  }
});

test("the waits between tries are summed", () => {
  expect([1, 2, 3, 10].map(waitedSeconds)).toEqual([0, 1, 3, 151]);
});

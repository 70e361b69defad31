import { expect, test } from "vitest";
import { allFaults } from "./faults/all-faults.ts";
import { readOptions } from "./options.ts";
import { stepOf } from "./plan.ts";

test("nothing said is a few minutes of every fault", () => {
  const options = { seed: 1, minutes: 5, faults: [...allFaults], json: null };
  expect(readOptions([])).toEqual({ kind: "run", options });
});

test.each([
  [["--seed", "x"], "--seed"],
  [["--minutes", "0"], "--minutes"],
  [["--only", "kill,flood"], "flood"],
  [["--speed", "1"], "--speed"],
])("%j is wrong, and the answer says %s", (parameters, said) => {
  expect(readOptions(parameters)).toMatchObject({ kind: "wrong", text: expect.stringContaining(said) });
});

test("--list names every fault", () => {
  const asked = readOptions(["--list"]);
  for (const { name } of allFaults) expect(asked).toMatchObject({ kind: "say", text: expect.stringContaining(name) });
});

test("a plan does every fault once before any again, and is the same for the same seed", () => {
  const names = (seed: number) =>
    Array.from({ length: 40 }, (_, index) => stepOf(seed, index + 1, allFaults).fault.name);
  expect(new Set(names(1).slice(0, allFaults.length)).size).toBe(allFaults.length);
  expect(names(1)).toEqual(names(1));
  expect(names(1)).not.toEqual(names(2));
});

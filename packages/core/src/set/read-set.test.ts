import { expect, test } from "vitest";
import { readSet } from "./read-set.ts";

test.each([
  ["new", 'must not be "new", the console\'s address of a set that is being written; choose another'],
  ["New", "is not a set's key: a small letter, then small letters, digits or -, 60 at most"],
])("a set may not have the key %s", (key, message) => {
  const yaml = `waybill: 1\nkind: set\nkey: ${key}\nname: Nightly\nsteps: [{ integration: first }, { integration: second }]\n`;
  expect(readSet(yaml)).toEqual({ ok: false, faults: [{ path: "key", line: 3, column: expect.any(Number), message }] });
});

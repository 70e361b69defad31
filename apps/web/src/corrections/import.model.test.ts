import { expect, test } from "vitest";
import { describeImported, fileFault, readRefusal } from "./import.model.ts";

test("the rows that were refused are taken out of the sentence that tells them too", () => {
  const faults = [
    { line: 3, message: "has no id." },
    { line: 7, message: "is not open. Take the row out." },
  ];
  const told = 'Nothing was taken from "a.csv", since 2 rows cannot be.';
  const rows = "Line 3 has no id. Line 7 is not open. Take the row out.";
  const refusal = (message: string) => readRefusal({ code: "corrections_invalid", message, details: { faults } });
  expect(refusal(`${told} ${rows}`)).toEqual({ message: told, rows: faults });
  expect(refusal(`${told} ${rows} And 5 more.`).message).toBe(`${told} And 5 more.`);
});

test("a refusal of the whole file is its sentence", () => {
  const message = '"a.csv" is no errors.csv.';
  expect(readRefusal({ code: "corrections_invalid", message, details: {} })).toEqual({ message, rows: [] });
  expect(readRefusal({ code: "server_unreachable", message })).toEqual({ message, rows: [] });
});

test.each([
  ["errors.CSV", 1, undefined],
  ["errors.csv.pgp", 1, undefined],
  ["errors.xlsx", 1, "The file must end in .csv, .zip, .pgp or .gpg."],
  ["errors.csv", 0, "The file is empty."],
])("%s of %i bytes: %s", (name, size, fault) => {
  expect(fileFault({ name, size })).toBe(fault);
});

test("says what became of a file", () => {
  const imported = { read: 9, edited: 7, unchanged: 2, ready: 1, withIssues: 8, resubmission: null, refused: null };
  expect(describeImported(imported)).toBe(
    "9 records were read: 7 edited, 2 unchanged. 1 has no issue left, 8 still have issues.",
  );
  expect(describeImported({ ...imported, read: 1, edited: 1, unchanged: 0, ready: 0, withIssues: 1 })).toBe(
    "1 record was read: 1 edited, 0 unchanged. 0 have no issue left, 1 still has issues.",
  );
});

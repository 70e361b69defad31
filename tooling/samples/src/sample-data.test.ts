import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "csv-stringify/sync";
import { expect, test } from "vitest";
import { jobCodes, people, punches } from "./sample-data.ts";

const files = resolve(import.meta.dirname, "../../../samples/files");

test.each([
  ["job-codes.csv", jobCodes()],
  ["people.csv", people({ faulty: true })],
  ["people-corrected.csv", people({ faulty: false })],
  ["punches.csv", punches({ faulty: true })],
])("%s is what the generator writes", async (name, rows) => {
  expect(await readFile(join(files, name), "utf8")).toBe(stringify(rows, { record_delimiter: "\r\n" }));
});

import { readDefinition } from "@waybill/core/definition/read-definition";
import { describe, expect, test } from "vitest";
import type { RecordRules } from "../data/records.ts";
import { columnByName, compileChecker, rowWith } from "./check.model.ts";

const yaml = `
waybill: 1
kind: integration
key: people
name: People
direction: import
attachments:
  - { key: jobs, columns: [code] }
fields:
  - { name: id, type: text, required: true, unique: true }
  - { name: hired, column: Hire Date, type: date, format: yyyy-MM-dd }
  - { name: job, type: text, references: { attachment: jobs, column: code } }
destination: { dataset: people, mode: insert }
`;
const header = ["id", "Hire Date", "job"];

function rules(lookups: RecordRules["lookups"]): RecordRules {
  const read = readDefinition(yaml);
  if (!read.ok) throw new Error(JSON.stringify(read));
  return { run: "r", version: 1, definition: read.definition, header, parameters: {}, lookups };
}

function check(record: { values: string[]; issues: [string, string][] }, row: string[], known = true) {
  const checker = compileChecker(rules(known ? { jobs: { code: ["J1", "J2"] } } : {}));
  const issues = record.issues.map(
    ([field, code]) => ({ field, code, kind: "data", message: "", value: null }) as never,
  );
  return checker?.issues({ ...record, laidOut: null, issues }, row).map((issue) => `${issue.field}: ${issue.code}`);
}

describe("checking as somebody types", () => {
  const record = {
    values: ["1", "soon", "J9"],
    issues: [
      ["hired", "not_a_date"],
      ["job", "reference_unknown"],
    ],
  };

  test("an issue goes away with its cause, and the others stay", () => {
    expect(check(record as never, ["1", "2026-11-01", "J9"])).toEqual(["job: reference_unknown"]);
    expect(check(record as never, ["1", "2026-11-01", "J2"])).toEqual([]);
    expect(check(record as never, ["", "2026-11-01", "J2"])).toEqual(["id: required"]);
  });

  test("what a load found stays as long as the value does", () => {
    const twice = { values: ["1", "", "J1"], issues: [["id", "not_unique"]] } as never;
    expect(check(twice, ["1", "2026-11-01", "J1"])).toEqual(["id: not_unique"]);
    expect(check(twice, ["2", "", "J1"])).toEqual([]);
  });

  test("a value that only the server can look up keeps its issue until it is changed", () => {
    expect(check(record as never, ["1", "2026-11-01", "J9"], false)).toEqual(["job: reference_unknown"]);
    expect(check(record as never, ["1", "2026-11-01", "J8"], false)).toEqual([]);
  });
});

describe("columns", () => {
  test("are found by the definition, which may name them otherwise than its fields", () => {
    const checker = compileChecker(rules({}));
    expect([checker?.columnOf("hired"), checker?.columnOf(null), checker?.columnOf("gone")]).toEqual([1, -1, -1]);
    expect(checker?.fieldAt(1)?.name).toBe("hired");
  });

  test("are found by name until the definition is there", () => {
    expect(columnByName([" ID", "name"], "id")).toBe(0);
    expect(columnByName(["id"], null)).toBe(-1);
  });

  test("are filled up where a row was too short", () => {
    expect(rowWith(header, ["1"], { job: "J1" })).toEqual(["1", "", "J1"]);
  });
});

import { describe, expect, test } from "vitest";
import { readDefinition } from "../definition/read-definition.ts";
import { compileRecord } from "./compile-record.ts";
import { type IssueCode, issueCodes } from "./issue-code.ts";
import { matchHeader } from "./match-header.ts";

describe("a value that fits", () => {
  test.each<[field: string, given: string, kept: string | null]>([
    ["type: text", "as it stands ", "as it stands "],
    ["type: text", "", null],
    ["type: text, default: none", "", "none"],
    ["type: text, minLength: 2, maxLength: 3", "abc", "abc"],
    ["type: text, maxLength: 3", "😀😀😀", "😀😀😀"],
    ['type: text, pattern: "^E[0-9]+$"', "E1", "E1"],
    ["type: text, format: email", "a.b+c@example.co.uk", "a.b+c@example.co.uk"],
    ["type: text, format: uuid", "01A20B57-fe1e-74a6-bf37-95105e49ef27", "01A20B57-fe1e-74a6-bf37-95105e49ef27"],
    ["type: text, format: url", "https://example.com/a?b=c", "https://example.com/a?b=c"],
    ["type: integer", "-0042", "-42"],
    ["type: integer", "9223372036854775807", "9223372036854775807"],
    ["type: integer, min: 1, max: 3", "3", "3"],
    ["type: decimal", "0012.340", "12.340"],
    ["type: decimal, scale: 2", "12.3", "12.30"],
    ["type: decimal, scale: 2", "12.300", "12.30"],
    ["type: decimal, max: 999.99", "999.99", "999.99"],
    ["type: decimal, precision: 5", "123.45", "123.45"],
    ["type: decimal", "123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"],
    ["type: boolean", "Yes", "true"],
    ["type: boolean", "0", "false"],
    ["type: date", "2024-02-29", "2024-02-29"],
    ["type: date, format: dd.MM.yyyy", "29.02.2024", "2024-02-29"],
    ["type: date, min: 2024-01-01", "2024-01-01", "2024-01-01"],
    ["type: time", "23:59", "23:59:00"],
    ["type: timestamp", "2026-07-01T12:00:00+02:00", "2026-07-01T10:00:00Z"],
    ["type: timestamp, timeZone: Europe/Berlin", "2026-01-01 12:00", "2026-01-01T11:00:00Z"],
    ["type: choice, choices: [in, out]", "in", "in"],
    ['type: date, format: dd.MM.yyyy, default: "01.02.2026"', "", "2026-02-01"],
    ['type: timestamp, timeZone: America/New_York, default: "2026-01-01 12:00"', "", "2026-01-01T17:00:00Z"],
    ["type: timestamp, timeZone: America/New_York", "9999-12-31 23:59:59", "10000-01-01T04:59:59Z"],
    ["type: timestamp, timeZone: Asia/Tokyo", "0001-01-01 00:00:00", "0001-12-31T14:41:01Z BC"],
    ["type: decimal, transform: [strip_leading_zeros]", "0.50", "0.50"],
  ])("%s: %j is kept as %j", (field, given, kept) => {
    expect(check(field, given)).toEqual({ kind: "accepted", values: [kept] });
  });
});

describe("a value that does not fit", () => {
  test.each<[field: string, given: string, code: IssueCode]>([
    ["type: text, required: true", "", "required"],
    ["type: text, minLength: 2", "a", "too_short"],
    ["type: text, maxLength: 3", "abcd", "too_long"],
    ['type: text, pattern: "^E[0-9]+$"', "E1x", "pattern_mismatch"],
    ["type: text, format: email", "petrov.example.com", "format_invalid"],
    ["type: text, format: email", "a@b@example.com", "format_invalid"],
    ["type: text, format: uuid", "01A20B57", "format_invalid"],
    ["type: text, format: url", "example.com", "format_invalid"],
    ["type: integer", "1.0", "not_an_integer"],
    ["type: integer", "9223372036854775808", "above_max"],
    ["type: integer, min: 1", "0", "below_min"],
    ["type: decimal", "1,045.00", "not_a_decimal"],
    ["type: decimal", "1e3", "not_a_decimal"],
    ["type: decimal, scale: 2", "18.755", "scale_exceeded"],
    ["type: decimal, precision: 5", "1234.56", "precision_exceeded"],
    ["type: decimal, max: 999.99", "1000", "above_max"],
    ["type: decimal, min: 0", "-0.01", "below_min"],
    ["type: boolean", "maybe", "not_a_boolean"],
    ["type: boolean", "constructor", "not_a_boolean"],
    ["type: timestamp", "2026-07-01T12:00:00+05:99", "not_a_timestamp"],
    ["type: text, format: url", "https://example.com/a b", "format_invalid"],
    ['type: text, pattern: "^((a+))+$"', `${"a".repeat(50_000)}!`, "pattern_mismatch"],
    ["type: decimal, scale: 2", `0.${"0".repeat(500_000)}1`, "scale_exceeded"],
    ["type: date", "2023-02-29", "not_a_date"],
    ["type: date", "2024-2-9", "not_a_date"],
    ["type: date, min: 2024-01-01", "2023-12-31", "below_min"],
    ["type: date, max: 2024-01-01", "2024-01-02", "above_max"],
    ["type: time", "24:00", "not_a_time"],
    ["type: timestamp", "2026-07-01", "not_a_timestamp"],
    ["type: choice, choices: [in, out]", "In", "not_a_choice"],
    ["type: text", "a\0b", "nul_character"],
    ["type: text", "Jos\uFDD6\uFDE9", "invalid_encoding"],
  ])("%s: %j is %s", (field, given, code) => {
    const outcome = check(field, given);
    expect(outcome.kind === "rejected" ? outcome.issues.map((issue) => issue.code) : outcome.kind).toEqual([code]);
  });

  test("is kept in its issue as it stood", () => {
    expect(check("type: integer, transform: [trim]", " 1x ")).toMatchObject({
      issues: [{ field: "f", value: " 1x " }],
    });
    expect(check("type: text", "Jos\uFDD6\uFDE9")).toMatchObject({ issues: [{ value: "Jos\\xE9" }] });
  });
});

describe("transforms", () => {
  test.each<[transform: string, given: string, kept: string]>([
    ["trim", "  a b ", "a b"],
    ["collapse_spaces", "a   b", "a b"],
    ["lower", "ÄB", "äb"],
    ["upper", "äb", "ÄB"],
    ["digits_only", "+49 (30) 12", "493012"],
    ["strip_leading_zeros", "0012", "12"],
    ['{ pad_left: { length: 5, with: "0" } }', "12", "00012"],
    ["{ replace: { text: a, with: o } }", "banana", "bonono"],
    ["{ remove: a }", "banana", "bnn"],
    ["{ map: { M: male, F: female } }", "F", "female"],
  ])("%s turns %j into %j", (transform, given, kept) => {
    expect(check(`type: text, transform: [${transform}]`, given)).toEqual({ kind: "accepted", values: [kept] });
  });
});

test("all issues of a record come at once", () => {
  const { check: run } = compile(
    ["{ name: id, type: text, required: true }", "{ name: rate, type: decimal, max: 5 }", "{ name: day, type: date }"],
    ["id", "rate", "day"],
  );
  const outcome = run(["", "7", "soon"]);
  expect(outcome.kind === "rejected" && outcome.issues.map((issue) => [issue.field, issue.code])).toEqual([
    ["id", "required"],
    ["rate", "above_max"],
    ["day", "not_a_date"],
  ]);
});

test("a row of another length is one issue of the whole record", () => {
  const { check: run } = compile(
    ["{ name: id, type: text, required: true }", "{ name: rate, type: text }"],
    ["id", "rate"],
  );
  expect(run(["1"])).toMatchObject({ issues: [{ field: null, code: "too_few_columns" }] });
  expect(run(["1", "2", "3"])).toMatchObject({ issues: [{ field: null, code: "too_many_columns" }] });
});

test("a reference to an attachment is looked up, when the attachment was given", () => {
  const fields = ["{ name: code, type: text, required: true, references: { attachment: codes, column: code } }"];
  const lookup = new Map([["codes", new Map([["code", new Set(["J1"])]])]]);
  const more = "attachments: [ { key: codes, columns: [code] } ]";
  expect(compile(fields, ["code"], { more, lookup }).check(["J1"]).kind).toBe("accepted");
  expect(compile(fields, ["code"], { more, lookup }).check(["J2"])).toMatchObject({
    issues: [{ code: "reference_unknown" }],
  });
  expect(compile(fields, ["code"], { more }).check(["J2"]).kind).toBe("accepted");
});

test.each([
  ["integer", "007", "7"],
  ["decimal, scale: 2", "12.5", "12.50"],
  ["date, format: dd.MM.yyyy", "01.02.2026", "2026-02-01"],
  ["boolean", "yes", "true"],
  ["text, transform: [lower]", "ABC", "abc"],
])("a reference of type %s is found as it stands in the attachment", (type, text, kept) => {
  const field = `{ name: code, type: ${type}, references: { attachment: codes, column: code } }`;
  const lookup = new Map([["codes", new Map([["code", new Set([text])]])]]);
  const more = "attachments: [ { key: codes, columns: [code] } ]";
  expect(compile([field], ["code"], { more, lookup }).check([text])).toEqual({ kind: "accepted", values: [kept] });
});

test("a default is held against the attachment too", () => {
  const field = "{ name: code, type: text, default: J9, references: { attachment: codes, column: code } }";
  const lookup = new Map([["codes", new Map([["code", new Set(["J1"])]])]]);
  const more = "attachments: [ { key: codes, columns: [code] } ]";
  expect(compile([field], ["code"], { more, lookup }).check([""])).toMatchObject({ kind: "rejected" });
});

test.each([
  ["boolean", "no", "0"],
  ["decimal, scale: 2", "0", "0.00"],
  ["date, format: dd.MM.yyyy", '"31.12.9999"', "31.12.9999"],
])("a skip rule says a value of type %s as the file may say it", (type, equals, given) => {
  const run = compile([`{ name: f, type: ${type} }`], ["f"], { more: `skipWhen: [ { field: f, equals: ${equals} } ]` });
  expect(run.check([given])).toEqual({ kind: "skipped" });
});

test("a value that cannot be read is never skipped for being empty", () => {
  const run = compile(["{ name: f, type: text }"], ["f"], { more: "skipWhen: [ { field: f, equals: null } ]" });
  expect(run.check([""])).toEqual({ kind: "skipped" });
  for (const text of ["Jos\uFDD6\uFDE9", "a\0b"]) expect(run.check([text])).toMatchObject({ kind: "rejected" });
});

test("a skip rule skips unless its parameter is on", () => {
  const fields = ["{ name: id, type: text, required: true }", "{ name: active, type: boolean }"];
  const more =
    "parameters: [ { key: all, type: boolean, default: false } ]\nskipWhen: [ { field: active, equals: false, unlessParameter: all } ]";
  const off = compile(fields, ["id", "active"], { more, parameters: { all: false } });
  expect([off.check(["1", "no"]).kind, off.check(["1", "yes"]).kind]).toEqual(["skipped", "accepted"]);
  expect(compile(fields, ["id", "active"], { more, parameters: { all: true } }).check(["1", "no"]).kind).toBe(
    "accepted",
  );
});

test("a value may come from a parameter or be constant, and needs no column", () => {
  const fields = [
    "{ name: id, type: text, required: true }",
    "{ name: day, type: date, value: { parameter: day } }",
    "{ name: origin, type: text, value: { constant: hr } }",
  ];
  const run = compile(fields, ["id"], {
    more: "parameters: [ { key: day, type: date } ]",
    parameters: { day: "2026-11-01" },
  });
  expect(run.check(["1"])).toEqual({ kind: "accepted", values: ["1", "2026-11-01", "hr"] });
});

describe("a header", () => {
  const fields = ["{ name: id, type: text, required: true }", "{ name: rate, column: Hourly Rate, type: decimal }"];

  test("is matched whatever its order and case; columns that nobody knows are named", () => {
    expect(
      matchHeader(compile(fields, ["id", "hourly rate"]).definition, ["extra", " HOURLY RATE", "Id"]),
    ).toMatchObject({
      ok: true,
      unknown: ["extra"],
    });
  });

  test("names every column that is missing, and one that is there twice", () => {
    const { definition } = compile(fields, ["id", "hourly rate"]);
    expect(matchHeader(definition, ["other"])).toMatchObject({
      code: "csv_column_missing",
      message: expect.stringMatching(/id.*Hourly Rate/),
    });
    expect(matchHeader(definition, ["id;hourly rate"])).toMatchObject({
      code: "csv_column_missing",
      message: expect.stringContaining('separate its columns by ";"'),
    });
    expect(matchHeader(definition, ["id", "ID", "hourly rate"])).toMatchObject({ code: "csv_column_repeated" });
  });
});

test("each code has a kind and a sentence", () => {
  for (const { kind, sentence } of Object.values(issueCodes)) {
    expect(["data", "transactional"]).toContain(kind);
    expect(sentence).toMatch(/^[A-Z].+\.$/);
  }
});

function check(field: string, given: string) {
  return compile([`{ name: f, ${field} }`], ["f"]).check([given]);
}

function compile(
  fields: string[],
  header: string[],
  {
    more = "",
    parameters = {},
    lookup = new Map(),
  }: { more?: string; parameters?: Record<string, unknown>; lookup?: Map<string, Map<string, Set<string>>> } = {},
) {
  const read = readDefinition(`waybill: 1
kind: integration
key: any
name: Any
direction: import
fields:
${fields.map((field) => `  - ${field}`).join("\n")}
${more}
destination: { dataset: any, mode: insert }
`);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return {
    definition: read.definition,
    check: compileRecord(read.definition, { header, parameters, attachments: lookup }),
  };
}

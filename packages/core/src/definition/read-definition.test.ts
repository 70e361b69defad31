import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { definitionJsonSchema } from "./definition-json-schema.ts";
import { readDefinition } from "./read-definition.ts";

const samples = resolve(import.meta.dirname, "../../../../samples");
const minimal = `waybill: 1
kind: integration
key: people
name: People
direction: import
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;

describe("a definition that is right", () => {
  test.each(["people-import", "job-codes-import", "punches-import"])("such as the sample %s is read", async (name) => {
    const read = readDefinition(await readFile(`${samples}/${name}.yaml`, "utf8"));
    expect(read).toMatchObject({ ok: true, definition: { key: name } });
  });

  test("has every default filled in", () => {
    expect(readDefinition(minimal)).toMatchObject({
      ok: true,
      definition: {
        source: { delimiter: ",", quote: '"', encryption: "allowed", signature: "ignored", sameBytes: "warn" },
        destination: { kind: "dataset", dataset: "people", mode: "upsert" },
        onError: { stopAfterRejected: limits.rejectedDefaultMax, commit: "accepted" },
        rerun: true,
        runsAtOnce: 1,
      },
    });
  });
});

describe("a definition that is wrong", () => {
  test("names all of its five faults, each with its path and its line", () => {
    const text = `waybill: 1
kind: integration
key: People Import
name: People
direction: import
parameters:
  - { key: day, type: datum }
fields:
  - { name: id, type: text, required: true, patern: "^E" }
  - { name: rate, type: decimal, min: 10, max: 5 }
recordKey: [person_id]
destination: { dataset: people }
`;
    expect(faultsOf(text)).toEqual([
      ["key", 3],
      ["parameters[0].type", 7],
      ["fields[0].patern", 9],
      ["fields[1].min", 10],
      ["recordKey[0]", 11],
    ]);
  });

  test.each([
    [
      "a field twice",
      "fields:\n  - { name: id, type: text, required: true }\n  - { name: id, type: text }",
      "fields[1].name",
    ],
    ["a key that is not required", "fields:\n  - { name: id, type: text }", "recordKey[0]"],
    [
      "a reference to no attachment",
      "fields:\n  - { name: id, type: text, required: true, references: { attachment: x, column: y } }",
      "fields[0].references.attachment",
    ],
    [
      "a rule for another type",
      "fields:\n  - { name: id, type: integer, required: true, maxLength: 3 }",
      "fields[0].maxLength",
    ],
    ["a choice without choices", "fields:\n  - { name: id, type: choice, required: true }", "fields[0].choices"],
    [
      "a pattern that is none",
      'fields:\n  - { name: id, type: text, required: true, pattern: "(" }',
      "fields[0].pattern",
    ],
    [
      "a pattern with a back reference",
      'fields:\n  - { name: id, type: text, required: true, pattern: "(a)\\\\1" }',
      "fields[0].pattern",
    ],
    ["a name that Waybill keeps", "fields:\n  - { name: waybill_id, type: text, required: true }", "fields[0].name"],
    ["a name that Postgres keeps", "fields:\n  - { name: xmin, type: text, required: true }", "fields[0].name"],
    [
      "a bound that no calendar has",
      "fields:\n  - { name: id, type: date, required: true, min: 2026-13-45 }",
      "fields[0].min",
    ],
    [
      "a default that breaks its own field",
      "fields:\n  - { name: id, type: choice, choices: [a, b], default: c }",
      "fields[0].default",
    ],
    [
      "a constant that breaks its own field",
      "fields:\n  - { name: id, type: integer, value: { constant: abc } }",
      "fields[0].value.constant",
    ],
    [
      "a column beside a value of its own",
      "fields:\n  - { name: id, type: text, column: ID, value: { constant: abc } }",
      "fields[0].column",
    ],
    [
      "a number that loses digits",
      "fields:\n  - { name: id, type: integer, required: true, max: 9007199254740993 }",
      "fields[0].max",
    ],
    ["a number that loses its zeros", "fields:\n  - { name: id, type: text, default: 007 }", "fields[0].default"],
    [
      "a column that may be missing and is required",
      "fields:\n  - { name: id, type: text, required: true, optionalColumn: true }",
      "fields[0].optionalColumn",
    ],
    [
      "a date pattern that is none",
      "fields:\n  - { name: id, type: date, required: true, format: soon }",
      "fields[0].format",
    ],
    [
      "a value of no parameter",
      "fields:\n  - { name: id, type: text, value: { parameter: x } }",
      "fields[0].value.parameter",
    ],
  ])("with %s says so at its place", (_, fields, path) => {
    const text = minimal.replace("fields:\n  - { name: id, type: text, required: true }", fields);
    expect(faultsOf(text).map(([where]) => where)).toContain(path);
  });

  test.each([
    [
      "a default that is none of its type",
      "parameters:\n  - { key: n, type: integer, default: abc }",
      "parameters[0].default",
    ],
    [
      "a default above its own bound",
      "parameters:\n  - { key: n, type: integer, max: 3, default: 5 }",
      "parameters[0].default",
    ],
    [
      "a timeframe that is none",
      "parameters:\n  - { key: n, type: timeframe, default: last_month }",
      "parameters[0].default",
    ],
    ["a key that programs keep", "parameters:\n  - { key: constructor, type: text }", "parameters[0].key"],
    [
      "an attachment's key that programs keep",
      "attachments:\n  - { key: toString, columns: [a] }",
      "attachments[0].key",
    ],
    ["a NUL", 'description: "a\\0b"', "description"],
    ["half of a character", 'description: "\\uD83D"', "description"],
    [
      "a rule to skip what its field never is",
      'skipWhen:\n  - { field: id, equals: "" }\n  - { field: on, equals: perhaps }',
      "skipWhen[1].equals",
    ],
  ])("with %s says so at its place", (_, more, path) => {
    const text = minimal.replace("recordKey:", "  - { name: on, type: boolean }\nrecordKey:") + more;
    expect(faultsOf(text).map(([where]) => where)).toEqual([path]);
  });

  test("names all that is wrong with one field", () => {
    const field = "{ name: id, type: decimal, required: maybe, min: 10, max: 5, maxLength: 3 }";
    const text = minimal.replace("{ name: id, type: text, required: true }", field);
    expect(faultsOf(text).map(([where]) => where)).toEqual(
      expect.arrayContaining(["fields[0].required", "fields[0].min", "fields[0].maxLength"]),
    );
  });

  test.each([
    ["{ dataset: people }", "{ dataset: people, table: public.people }", "{ dataset } or { table }"],
    ["destination: { dataset: people }", "", "is missing"],
    ["required: true }", "required: true, references: { dataset: a, column: b } }", "{ attachment, column }"],
  ])("that puts %s as %s says what it may be", (right, wrong, said) => {
    const read = readDefinition(minimal.replace(right, wrong));
    expect(read).toMatchObject({ ok: false, faults: [{ message: expect.stringContaining(said) }] });
  });

  test.each(["0", "17", "1.5", "many"])("that lets %s of its runs go at once is refused", (runsAtOnce) => {
    expect(faultsOf(`${minimal}runsAtOnce: ${runsAtOnce}\n`).map(([where]) => where)).toEqual(["runsAtOnce"]);
  });

  test.each(["secret", "timeframe", "choices"])("that loads a parameter of type %s into a field is refused", (type) => {
    const parameter = `parameters:\n  - { key: p, type: ${type}${type === "choices" ? ", choices: [a]" : ""} }\n`;
    const text = minimal.replace("recordKey:", "  - { name: p, type: text, value: { parameter: p } }\nrecordKey:");
    expect(faultsOf(text + parameter).map(([where]) => where)).toEqual(["fields[1].value.parameter"]);
  });

  test("whose record key comes from a parameter that may be empty is refused", () => {
    const text = minimal
      .replace("recordKey: [id]", "  - { name: p, type: text, value: { parameter: p } }\nrecordKey: [id, p]")
      .concat("parameters:\n  - { key: p, type: text, required: REQUIRED }\n");
    expect(faultsOf(text.replace("REQUIRED", "false")).map(([where]) => where)).toEqual(["recordKey[1]"]);
    expect(faultsOf(text.replace("REQUIRED", "true"))).toEqual([]);
  });

  test.each([
    "waybill.runs",
    "WAYBILL_DATA.people",
    "waybill_queue.job",
    "pg_catalog.pg_class",
    "information_schema.x",
  ])("that writes to %s is refused", (table) => {
    const text = minimal.replace("{ dataset: people }", `{ table: ${table} }`);
    expect(faultsOf(text).map(([where]) => where)).toEqual(["destination.table"]);
    expect(faultsOf(minimal.replace("{ dataset: people }", "{ table: waybills.runs }"))).toEqual([]);
  });

  test.each([
    ["is no YAML", "waybill: [1", 1],
    ["is empty", "", 1],
    ["has a key twice", `${minimal}name: Again\n`, 10],
  ])("that %s is refused with a line", (_, text, line) => {
    expect(faultsOf(text)[0]?.[1]).toBe(line);
  });

  test("that grows by aliases is refused", () => {
    const levels = Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]`,
    );
    const bomb = `a0: &a0 [x]\n${levels.join("\n")}\n`;
    expect(readDefinition(bomb).ok).toBe(false);
  });

  test("by being a byte too long is refused; the longest is read", () => {
    const longest = minimal + "#".repeat(limits.definitionBytesMax - minimal.length);
    expect(readDefinition(longest).ok).toBe(true);
    expect(readDefinition(`${longest}#`).ok).toBe(false);
  });
});

test("the JSON Schema names what a definition may say", () => {
  const schema = definitionJsonSchema() as { properties: Record<string, unknown>; required: string[] };
  expect(Object.keys(schema.properties)).toContain("recordKey");
  expect(schema.required).toEqual(expect.arrayContaining(["waybill", "kind", "key", "name", "fields", "destination"]));
  expect(schema.required).not.toContain("onError");
});

function faultsOf(text: string): [path: string, line: number][] {
  const read = readDefinition(text);
  return read.ok ? [] : read.faults.map((fault) => [fault.path, fault.line]);
}

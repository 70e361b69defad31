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
        timeZone: "UTC",
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
      "a pattern that may take for ever",
      'fields:\n  - { name: id, type: text, required: true, pattern: "^(a+)+$" }',
      "fields[0].pattern",
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

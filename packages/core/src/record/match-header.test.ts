import { describe, expect, test } from "vitest";
import { readTestDefinition } from "../testing/test-definition.ts";
import { matchHeader } from "./match-header.ts";

describe("a header without a column that is needed", () => {
  test("is told with the names that it has", () => {
    expect(messageFor(["name", "rate"])).toBe(
      'The header row has no column "id". It has "name", "rate". Add what is missing.',
    );
  });

  test("is told with its first 20 names when it has more", () => {
    const message = messageFor(Array.from({ length: 1_000 }, (_, index) => `c${index}`));
    expect(message).toContain('"c19" and 980 more. Add');
    expect(message).not.toContain('"c20"');
  });

  test("is told with the first 60 characters of a name that is longer", () => {
    expect(messageFor(["x".repeat(60)])).toContain(`"${"x".repeat(60)}"`);
    expect(messageFor(["x".repeat(1_000_000)])).toContain(`"${"x".repeat(60)}…"`);
  });
});

test("names that are repeated are listed as briefly", () => {
  const names = Array.from({ length: 500 }, (_, index) => `${index}${"x".repeat(2_000)}`);
  expect(messageFor([...names, ...names]).length).toBeLessThan(2_000);
});

function messageFor(header: string[]): string {
  const matched = matchHeader(readTestDefinition(), header);
  return matched.ok ? "" : matched.message;
}

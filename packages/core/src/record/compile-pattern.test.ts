import fc from "fast-check";
import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { compilePattern, isPlain } from "./compile-pattern.ts";

const plain = ["^E[0-9]{8}$", "^[A-Za-z]{2}-\\d{4}$", "^A[0-9]*$", "^\\d{1,3}$", "^[A-F0-9]{4}[a-z_]?$", "^ab$", "^$"];

test.each(plain)("the plain pattern %s means what RE2 means by it", (pattern) => {
  expect(isPlain(pattern)).toBe(true);
  const [matches, expected] = [compilePattern(pattern), RE2JS.compile(pattern)];
  const likely = fc.stringMatching(new RegExp(pattern));
  const near = fc.tuple(likely, fc.string({ unit: "binary" }), fc.nat()).map(([text, extra, at]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + extra + text.slice(place);
  });
  fc.assert(fc.property(fc.oneof(likely, near), (text) => matches(text) === expected.test(text)));
});

test.each(["^(a+)+$", "^a+a+$", "^a*[0-9]{8}$", "a{2}", "^.{3}$", "^[^a]$", "^\\w+$", "^a|b$", "^a{2}+$"])(
  "%s is not plain",
  (pattern) => expect(isPlain(pattern)).toBe(false),
);

import type { Field } from "../definition/definition.ts";
import { type TextFormat, textFormats } from "../definition/names.ts";
import { compilePattern } from "./compile-pattern.ts";
import type { IssueCode } from "./issue-code.ts";

/** Takes the code and sentence of what is wrong with a value. */
export type Complain = (code: IssueCode, message: string) => void;

/** Reads a text that is not empty to its canonical text; complains of all that is wrong with it. */
export type ValueChecker = (text: string, complain: Complain) => string;

/** Compiles the rules of a text field. Lengths count characters as people do, not code units. */
export function compileTextChecks(field: Field): ValueChecker {
  const checks: ((text: string, complain: Complain) => void)[] = [];
  if (field.minLength !== undefined || field.maxLength !== undefined) checks.push(lengthCheck(field));
  if (field.pattern !== undefined) checks.push(patternCheck(field.name, field.pattern));
  if (field.format !== undefined) checks.push(formatCheck(field.name, field.format));
  if (checks.length === 0) return (text) => text;
  return (text, complain) => {
    for (const check of checks) check(text, complain);
    return text;
  };
}

function lengthCheck({ name, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Field) {
  return (text: string, complain: Complain) => {
    if (text.length >= minLength * 2 && text.length <= maxLength) return;
    const length = [...text].length;
    if (length < minLength)
      complain("too_short", `${name} must have at least ${minLength} characters; it has ${length}.`);
    if (length > maxLength) complain("too_long", `${name} may have at most ${maxLength} characters; it has ${length}.`);
  };
}

function patternCheck(name: string, pattern: string) {
  const matches = compilePattern(pattern);
  return (text: string, complain: Complain) => {
    if (!matches(text)) complain("pattern_mismatch", `${name} must match ${pattern}.`);
  };
}

const formats: Record<TextFormat, { test(text: string): boolean; example: string }> = {
  email: { test: (text) => isEmail(text), example: "an e-mail address such as anna@example.com" },
  uuid: {
    test: (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text),
    example: "a UUID",
  },
  url: {
    test: (text) => /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text),
    example: "a web address such as https://example.com",
  },
};

function formatCheck(name: string, format: string) {
  const known = textFormats.find((one) => one === format);
  if (!known) throw new RangeError(`${format} is not a format of text.`);
  const { test, example } = formats[known];
  return (text: string, complain: Complain) => {
    if (!test(text)) complain("format_invalid", `${name} must be ${example}.`);
  };
}

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u;
const emailCharactersMax = 254;

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || at > 64 || text.length > emailCharactersMax) return false;
  return local.test(text.slice(0, at)) && domain.test(text.slice(at + 1));
}

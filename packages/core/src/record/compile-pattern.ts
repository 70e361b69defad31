import { RE2JS } from "re2js";

/**
 * Compiles a pattern in the syntax of RE2 to a test that takes time in proportion to the text. Nearly all patterns that
 * people write are so plain that the engine of JavaScript, which is quicker, means the same by them and cannot run away.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const expression = isPlain(pattern) ? new RegExp(pattern) : RE2JS.compile(pattern);
  return (text) => expression.test(text);
}

const sign = String.raw`[A-Za-z0-9 _/-]|\\[d.+*()-]|\[([A-Za-z0-9 _](-[A-Za-z0-9])?)+\]`;
const plain = new RegExp(String.raw`^\^((${sign})(\{\d{1,3}\})?)*((${sign})([+*?]|\{\d{1,3},\d{0,3}\}))?\$$`);

/** From end to end signs and classes of signs, each once or so many times; only the last may come as often as it likes. */
export function isPlain(pattern: string): boolean {
  return plain.test(pattern);
}

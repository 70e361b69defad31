import { expect, test } from "vitest";
import { decodeTable, readValueTable } from "./value-table.model.ts";

const pairs = (text: string) => readValueTable(text).pairs.map(({ from, to }) => [from, to]);

test.each([
  ["a\tb\nc\td", "from a spreadsheet"],
  ["a\tb\r\nc\td\r\n\r\n", "with the line ends of Windows and an empty line"],
  ["a;b\nc;d", "as the CSV of another country"],
  ["a,b\nc,d", "as a CSV"],
  ['"a","b"\n"c","d"', "in quotes"],
  ["a\tb\t\nc\td\t", "with an empty column more"],
  ["a\tb\nc\td\na\tb", "with a pair twice"],
])("reads two columns: %j, %s", (text) => {
  expect(readValueTable(text).faults).toEqual([]);
  expect(pairs(text)).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("keeps spaces, quotes and delimiters that belong to a value, and empty values", () => {
  expect(pairs(' a \t5" pipe\n"two\nlines"\t"a ""b"" c"\nx;y,z\t\n\tnew')).toEqual([
    [" a ", '5" pipe'],
    ["two\nlines", 'a "b" c'],
    ["x;y,z", ""],
    ["", "new"],
  ]);
});

test("says what is wrong by the line, and goes on counting after a value of two lines", () => {
  const { pairs: sound, faults } = readValueTable('"one\ntwo"\tx\nalone\na\tb\tc\n\t1\n\t2\n');
  expect(sound.map(({ line }) => line)).toEqual([1, 5]);
  expect(faults).toEqual([
    { line: 3, message: "has one column. Put the old value in the first and the new one in the second." },
    { line: 4, message: "has 3 columns. Leave the old and the new value." },
    { line: 6, message: "makes something else of an empty value than line 5. Take one of the two out." },
  ]);
});

test("says of more values than one change takes where they begin", () => {
  const text = Array.from({ length: 10_001 }, (_, at) => `${at}\tx`).join("\n");
  expect(readValueTable(text).faults).toEqual([
    { line: 10_001, message: "is beyond 10000 values. Map the rest afterwards." },
  ]);
});

test("nothing pasted is no fault", () => {
  expect(readValueTable("")).toEqual({ pairs: [], faults: [] });
});

test.each([
  ["UTF-8", [0x5a, 0xc3, 0xbc]],
  ["UTF-8 with its mark", [0xef, 0xbb, 0xbf, 0x5a, 0xc3, 0xbc]],
  ["UTF-16", [0xff, 0xfe, 0x5a, 0x00, 0xfc, 0x00]],
  ["ANSI", [0x5a, 0xfc]],
])("reads the text of a file in %s", (_, bytes) => {
  expect(decodeTable(new Uint8Array(bytes))).toBe("Zü");
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { type CsvReader, type CsvRecord, readCsv } from "./read-csv.ts";

describe("records", () => {
  test("are counted from 1, and lines from the top of the file", async () => {
    const { header, records } = await read("a,b\n1,2\n3,4\n");
    expect(header).toEqual(["a", "b"]);
    expect(records).toEqual([
      { line: 2, number: 1, text: "1,2", values: ["1", "2"], fault: null, suspicious: false },
      { line: 3, number: 2, text: "3,4", values: ["3", "4"], fault: null, suspicious: false },
    ]);
  });

  test.each([
    ["LF", "a,b\n1,2\n3,4\n"],
    ["CRLF", "a,b\r\n1,2\r\n3,4\r\n"],
    ["CR", "a,b\r1,2\r3,4\r"],
    ["mixed", "a,b\n1,2\r\n3,4\r"],
    ["no end at the last line", "a,b\n1,2\n3,4"],
    ["empty lines between", "\n\na,b\n\n1,2\r\n\r\n3,4\n\n"],
  ])("end in %s", async (_, text) => {
    const { records } = await read(text);
    expect(records.map((record) => record.values)).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("may hold line ends, delimiters and quotes within quotes", async () => {
    const { records } = await read('a,b\n"x\r\ny","1,2 ""3"""\n4,5\n');
    expect(records.map(({ line, values }) => [line, ...values])).toEqual([
      [2, "x\r\ny", '1,2 "3"'],
      [4, "4", "5"],
    ]);
  });

  test("are the same however the bytes are cut", async () => {
    const text = 'ä,b\r\n"x\r\ny","1,2 ""3"""\r\n4,€\r\r\n"z",\n';
    const whole = (await read(text)).records;
    for (let size = 1; size < 12; size++) expect((await read(text, { size })).records).toEqual(whole);
  });

  test("are the same however the bytes are cut, also where quotes are bad", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', '"', ",", "\n", "\r", "\r\n"), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 10 }), async (given, size) => {
        const whole = (await read(`a,b\n${given}`)).records;
        expect((await read(`a,b\n${given}`, { size })).records).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  test("are those that csv-parse reads, for whatever csv-stringify writes", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r", "😀", " ", "0") });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (given, size) => {
        const text = stringify([["a", "b"], ...given], { quoted: true });
        const expected = parse(text, { from: 2 }) as string[][];
        const { records } = await read(text, { size });
        expect(records.map((record) => record.values)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a bad quote", () => {
  test.each([
    ["never closed, at the end", 'a,b\n1,2\n3,"4\n', [2]],
    ["closed by a later record's quote", 'a,b\n1,"2\n"3",4\n5,6\n', [1]],
    ["followed by text", 'a,b\n1,"2"x\n3,4\n', [1]],
    ["within a bare value", 'a,b\n1,2"\n3,4\n', [1]],
  ])("%s costs its own record and no other", async (_, text, faulty) => {
    const { records } = await read(text);
    expect(records.filter((record) => record.fault).map((record) => record.number)).toEqual(faulty);
    expect(records.filter((record) => record.fault).every((record) => record.fault?.code === "bad_quote")).toBe(true);
    expect(records).toHaveLength(text.trimEnd().split("\n").length - 1);
  });

  test.each([
    ["after a value of several lines", '1,"note\n999,smuggled\nend"x'],
    ["after a value that ends in a line end", '1,"note\n999,smuggled\n"x'],
    ["in the next column", '1,"note\n999,smuggled\nend","x"y'],
    ["within a bare value after it", '1,"note\n999,smuggled\nend",x"y'],
    ["never closed after it", '1,"note\n999,smuggled\nend","x'],
  ])("%s takes the lines within quotes with it, however the bytes are cut", async (_, bad) => {
    const text = `a,b\n${bad}\n5,6\n`;
    const isEnd = bad.endsWith(',"x');
    for (const end of ["\n", "\r\n", "\r"]) {
      const given = (isEnd ? `a,b\n${bad}` : text).replaceAll("\n", end);
      for (let size = 1; size < 40; size++) {
        const { records } = await read(given, { size });
        expect(records[0]).toMatchObject({
          line: 2,
          values: [bad.replaceAll("\n", end)],
          fault: { code: "bad_quote" },
        });
        expect(records.slice(1).map(({ line, values }) => [line, ...values])).toEqual(isEnd ? [] : [[5, "5", "6"]]);
      }
    }
  });

  test("takes 20 lines with it at most, and else its first one alone", async () => {
    const lines = (count: number) => `1,"x\n${"2,y\n".repeat(count - 2)}end"z`;
    expect((await read(`a,b\n${lines(20)}\n3,4\n`)).records).toMatchObject([
      { fault: { code: "bad_quote" }, values: [lines(20)] },
      { values: ["3", "4"], line: 22 },
    ]);
    const { records } = await read(`a,b\n${lines(21)}\n3,4\n`);
    expect(records.map((record) => record.fault?.code ?? null)).toEqual([
      "bad_quote",
      ...Array(19).fill(null),
      "bad_quote",
      null,
    ]);
  });

  test("leaves a record of several lines that follows it alone", async () => {
    const { records } = await read('a,b\n1,"2\n"3\n4",5\n6,7\n');
    expect(records.map(({ values }) => values)).toEqual([['1,"2'], ["3\n4", "5"], ["6", "7"]]);
  });

  test("keeps the line as it stood", async () => {
    const { records } = await read('a,b\n1,"2"x\n');
    expect(records[0]?.values).toEqual(['1,"2"x']);
  });
});

describe("a record that is too long", () => {
  test("at the limit is read, one character more is a fault of that record", async () => {
    const longest = `1,${"x".repeat(limits.csvRecordCharactersMax - 2)}`;
    const { records } = await read(`a,b\n${longest}\n${longest}x\n3,4\n`);
    expect(records.map((record) => record.fault?.code ?? null)).toEqual([null, "record_too_long", null]);
    expect(records[1]?.values[0]).toHaveLength(limits.csvKeptCharacters);
    expect(records[2]?.values).toEqual(["3", "4"]);
  });

  test.each(["\n", "\r\n", "\r"])(
    "is told the same wherever the bytes are cut, with lines that end in %j",
    async (end) => {
      const longest = [
        `1,${"x".repeat(limits.csvRecordCharactersMax - 2)}`,
        `1,"${"x".repeat(limits.csvRecordCharactersMax - 4)}"`,
      ];
      for (const text of longest.flatMap((one) => [one, `${one.slice(0, 3)}x${one.slice(3)}`])) {
        const head = `a,b${end}${text}`;
        const bytes = Buffer.from(`${head}${end}3,4${end}`);
        const whole = (await readBytes(bytes, bytes.length)).records;
        expect(whole).toHaveLength(2);
        expect(whole[0]?.fault?.code ?? null).toBe(
          text.length > limits.csvRecordCharactersMax ? "record_too_long" : null,
        );
        for (let size = head.length - 2; size <= head.length + 3; size++) {
          expect((await readBytes(bytes, size)).records).toEqual(whole);
        }
      }
    },
  );

  test("is kept without half of a character at its end", async () => {
    const { records } = await read(
      `a,b\n${"😀".repeat(limits.csvRecordCharactersMax)}\nx${"😀".repeat(limits.csvRecordCharactersMax)}\n`,
    );
    const kept = records.map((record) => record.values[0] ?? "");
    expect(kept.map((text) => text.length)).toEqual([limits.csvKeptCharacters, limits.csvKeptCharacters - 1]);
    expect(kept.every((text) => text.isWellFormed())).toBe(true);
  });

  test("of 10 MB costs that record and little memory", async () => {
    const { records } = await read(`a,b\n1,${"x".repeat(10_000_000)}\n3,4\n`, { size: 65_536 });
    expect(records.map((record) => record.fault?.code ?? null)).toEqual(["record_too_long", null]);
  });

  test("within an open quote costs that line, and the others are read", async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `${index},good`).join("\n");
    const { records } = await read(`a,b\n1,"2\n${lines}\n`, { size: 65_536 });
    expect(records.filter((record) => record.fault).map((record) => record.line)).toEqual([2]);
    expect(records).toHaveLength(200_001);
  });
});

describe("a record that is too wide", () => {
  const widest = Array(limits.csvColumnsMax).fill("x").join(",");

  test.each([widest, `"x\n"${widest.slice(1)}`])(
    "at the limit is read, one column more is a fault of that record",
    async (text) => {
      const { records } = await read(`a,b\n${text}\n${text},x\n3,4\n`);
      expect(records.map((record) => record.fault?.code ?? null)).toEqual([null, "too_many_columns", null]);
      expect(records[0]?.values).toHaveLength(limits.csvColumnsMax);
      expect(records[1]?.values).toEqual([text.slice(0, limits.csvKeptCharacters)]);
      expect(records[2]?.values).toEqual(["3", "4"]);
    },
  );

  test("holds on to no more than what is kept of it", async () => {
    const clean = garbageCollector();
    const line = Buffer.from(`${",".repeat(limits.csvRecordCharactersMax - 1)}\n`);
    async function* many() {
      yield Buffer.from("a,b\n");
      for (let count = 0; count < 100; count++) yield line;
    }
    clean();
    const before = process.memoryUsage().heapUsed;
    const records = await collect(await readCsv(many(), { delimiter: ",", quote: '"' }));
    clean();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
    expect(records).toHaveLength(100);
  });
});

describe("encodings", () => {
  const text = "näme,b\nŻółć,€😀\n";

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with BOM", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ["UTF-16 LE", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 BE", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ])("%s is read", async (_, bytes) => {
    for (const size of [1, 3, 1_000]) {
      const { header, records } = await readBytes(bytes, size);
      expect(header).toEqual(["näme", "b"]);
      expect(records[0]?.values).toEqual(["Żółć", "€😀"]);
    }
  });

  test("bytes that are not valid are marked where they stand, and nothing else changes", async () => {
    const bytes = Buffer.concat([Buffer.from("a,b\nJos"), Buffer.from([0xe9]), Buffer.from(",ok\nZoë,fine\n")]);
    for (const size of [1, 2, 5, 1_000]) {
      const { records } = await readBytes(bytes, size);
      expect(records.map((record) => record.values)).toEqual([
        ["Jos\uFDD6\uFDE9", "ok"],
        ["Zoë", "fine"],
      ]);
    }
  });
});

describe("a header", () => {
  test("that is missing is an error", async () => {
    await expect(read("\n\r\n\n")).rejects.toMatchObject({ code: "csv_header_missing" });
  });

  test("with a bad quote is an error that names its line", async () => {
    await expect(read('\n"a,b\n1,2\n')).rejects.toMatchObject({
      code: "csv_header_invalid",
      message: expect.stringContaining("line 2"),
    });
  });

  test("may have as many columns as the limit, and not one more", async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`).join(",");
    expect((await read(`${names(limits.csvColumnsMax)}\n`)).header).toHaveLength(limits.csvColumnsMax);
    await expect(read(`${names(limits.csvColumnsMax + 1)}\n`)).rejects.toMatchObject({ code: "csv_header_invalid" });
  });

  test("alone has no records", async () => {
    expect((await read("a,b\n")).records).toEqual([]);
  });
});

test("another delimiter is taken at its word", async () => {
  const { records } = await read('a;b\n1,5;"x;y"\n', { delimiter: ";" });
  expect(records[0]?.values).toEqual(["1,5", "x;y"]);
});

function read(text: string, { size = 1_000_000, delimiter = "," } = {}) {
  return readBytes(Buffer.from(text), size, delimiter);
}

async function readBytes(bytes: Buffer, size: number, delimiter = ",") {
  const reader = await readCsv(cut(bytes, size), { delimiter, quote: '"' });
  return { header: reader.header, records: await collect(reader) };
}

async function collect(reader: CsvReader): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const page of reader.records()) records.push(...page);
  return records;
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function garbageCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

import { describe, expect, test } from "vitest";
import { holdsPlace, layBlock, parseBlock, spanBlock, writeBlock } from "./block.model.ts";

describe("a block", () => {
  test("spans two cells whichever comes first", () => {
    const block = spanBlock({ row: 5, column: 1 }, { row: 2, column: 3 });
    expect(block).toEqual({ top: 2, bottom: 5, left: 1, right: 3 });
    expect(holdsPlace(block, { row: 3, column: 3 })).toBe(true);
    expect(holdsPlace(block, { row: 6, column: 3 })).toBe(false);
  });
});

describe("reading what a spreadsheet copied", () => {
  test.each([
    ["a cell", "x", [["x"]]],
    ["an empty cell", "", [[""]]],
    [
      "rows and cells",
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "empty cells at the edges",
      "\tb\n\t\n",
      [
        ["", "b"],
        ["", ""],
      ],
    ],
    ["an empty row in between", "a\n\nb", [["a"], [""], ["b"]]],
    ["tabs, line ends and quotes in a cell", '"a\tb"\t"say ""so""\nnow"', [["a\tb", 'say "so"\nnow']]],
    ["quotation marks that quote nothing", '"5 inch\t"6" or "7"', [['"5 inch', '"6" or "7"']]],
  ])("finds %s", (_name, text, rows) => expect(parseBlock(text)).toEqual(rows));

  test("gives back what was written", () => {
    const rows = [
      ["a", 'b "c"'],
      ["", "d\te\nf"],
    ];
    expect(parseBlock(writeBlock(rows))).toEqual(rows);
  });
});

describe("laying it down", () => {
  const size = { rows: 10, columns: 3 };
  const written = (cells: ReturnType<typeof layBlock>) =>
    cells.map(({ place, text }) => `${place.row},${place.column}=${text}`);

  test("fills the block with one cell", () => {
    const block = { top: 1, bottom: 2, left: 0, right: 1 };
    expect(written(layBlock([["x"]], block, size))).toEqual(["1,0=x", "1,1=x", "2,0=x", "2,1=x"]);
  });

  test("goes on beyond the one cell that it starts at, and stops at the edge of the list", () => {
    const block = { top: 9, bottom: 9, left: 2, right: 2 };
    expect(
      written(
        layBlock(
          [
            ["a", "b"],
            ["c", "d"],
          ],
          block,
          size,
        ),
      ),
    ).toEqual(["9,2=a"]);
  });

  test("repeats rows over a block that is a multiple of them", () => {
    const block = { top: 0, bottom: 3, left: 0, right: 0 };
    expect(written(layBlock([["a"], ["b"]], block, size))).toEqual(["0,0=a", "1,0=b", "2,0=a", "3,0=b"]);
  });

  test("leaves alone the cells that a short row does not have", () => {
    const block = { top: 0, bottom: 0, left: 0, right: 0 };
    expect(written(layBlock([["a", "b"], ["c"]], block, size))).toEqual(["0,0=a", "0,1=b", "1,0=c"]);
  });
});

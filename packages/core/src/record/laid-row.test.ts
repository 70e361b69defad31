import { expect, test } from "vitest";
import { recordIssue } from "./issue-code.ts";
import { layRow } from "./laid-row.ts";

const badQuote = [recordIssue(null, "bad_quote", "", null)];
const lay = (line: string, columns: number, delimiter = ",") => layRow([line], badQuote, { columns, delimiter });

test("a row as long as its header is stays as it is", () => {
  expect(layRow(["1", "Ann"], [], { columns: 2, delimiter: "," })).toEqual({ row: ["1", "Ann"], beyond: [] });
});

test("a short row is filled up, and what a long one has beyond its columns is told apart", () => {
  expect(layRow(["1"], [], { columns: 3, delimiter: "," })).toEqual({ row: ["1", "", ""], beyond: [] });
  expect(layRow(["1", "Ann", "x", "y"], [], { columns: 2, delimiter: "," })).toEqual({
    row: ["1", "Ann"],
    beyond: ["x", "y"],
  });
});

test.each([
  ["a quote within a value", '1,5" pipe,x', ["1", '5" pipe', "x"]],
  ["a quote that is never closed", '1,"Ann,x', ["1", '"Ann', "x"]],
  ["text after a closing quote", '"Ann" B,2,"x"', ['"Ann" B', "2", "x"]],
  ["a delimiter and doubled quotes within sound ones", '"Smith, ""Al""",5",x', ['Smith, "Al"', '5"', "x"]],
  ["nothing after the last delimiter", '5",,', ['5"', "", ""]],
  ["an empty value in quotes at the end", '5",2,""', ['5"', "2", ""]],
])("a row with %s is cut at its delimiters", (_, line, row) => {
  expect(lay(line, 3)).toEqual({ row, beyond: [] });
});

test("a row is cut at the delimiter of its source", () => {
  expect(lay('5",5;b', 2, ";")).toEqual({ row: ['5",5', "b"], beyond: [] });
});

test("of a row that was too long to keep nothing is cut", () => {
  const tooLong = [recordIssue(null, "record_too_long", "", null)];
  expect(layRow(["a,b"], tooLong, { columns: 2, delimiter: "," })).toEqual({ row: ["a,b", ""], beyond: [] });
});

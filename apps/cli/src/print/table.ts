import Table from "cli-table3";
import { safeText } from "./format.ts";

const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Columns aligned by spaces; those named in `right` to the right, as numbers want it. */
export function renderTable(head: string[], rows: string[][], right: string[] = []): string {
  const table = new Table({
    head,
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    colAligns: head.map((name) => (right.includes(name) ? "right" : "left")),
  });
  for (const row of rows) table.push(row.map((cell) => safeText(cell).replaceAll("\n", " ")));
  return trimLines(table.toString());
}

function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

import { describe, expect, test } from "vitest";
import { commandOf, goTo, type KeyPress, stepAfterEdit } from "./grid-keys.model.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
});

describe("keys", () => {
  test.each([
    ["typing begins an edit with what is typed", press("n"), true, { do: "edit", text: "n" }],
    ["Enter changes what is there", press("Enter"), true, { do: "edit" }],
    ["Backspace empties", press("Backspace"), true, { do: "empty" }],
    [
      "Shift and an arrow extend the block",
      press("ArrowUp", { shiftKey: true }),
      true,
      { do: "move", down: -1, right: 0, extend: true },
    ],
    ["Control and Z take back", press("z", { ctrlKey: true }), true, { do: "undo" }],
    ["and with Shift do again", press("Z", { metaKey: true, shiftKey: true }), true, { do: "redo" }],
    ["F8 finds the next issue from everywhere", press("F8"), true, { do: "find-issue", step: 1 }],
    ["n and p do where nothing can be typed", press("p"), false, { do: "find-issue", step: -1 }],
    ["nothing is typed where nothing can be", press("x"), false, null],
    ["copying is the browser's", press("c", { ctrlKey: true }), true, null],
    ["Tab leaves the grid", press("Tab"), true, null],
    ["a composed sign is the editor's", press("n", { isComposing: true }), true, null],
  ] as const)("%s", (_name, event, writable, command) => expect(commandOf(event, writable)).toEqual(command));

  test("Enter keeps an edit and goes down, Tab goes right, and Shift with Enter is a line end", () => {
    expect(stepAfterEdit(press("Enter"))).toEqual({ down: 1, right: 0 });
    expect(stepAfterEdit(press("Tab"))).toEqual({ down: 0, right: 1 });
    expect(stepAfterEdit(press("Tab", { shiftKey: true }))).toEqual({ down: 0, right: -1 });
    expect(stepAfterEdit(press("Enter", { shiftKey: true }))).toBeNull();
  });
});

describe("ways through the grid", () => {
  const size = { rows: 100, columns: 8, firstColumn: 3, pageRows: 20 };
  const from = { row: 10, column: 4 };
  const go = (event: KeyPress) => {
    const command = commandOf(event, true);
    return command && goTo(from, command, size);
  };

  test("end at its edges", () => {
    expect(go(press("PageUp"))).toEqual({ row: 0, column: 4 });
    expect(go(press("End", { ctrlKey: true }))).toEqual({ row: 99, column: 7 });
    expect(go(press("Home"))).toEqual({ row: 10, column: 3 });
    expect(goTo(from, { do: "move", down: 1, right: 1, extend: false }, { ...size, rows: 0 })).toEqual({
      row: 0,
      column: 5,
    });
  });
});

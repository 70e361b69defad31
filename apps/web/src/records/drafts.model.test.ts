import { expect, test } from "vitest";
import { describeChanger, splitBatch } from "./drafts.model.ts";

test("the record that the server names is set apart, and the others are sent again", () => {
  const fault = { code: "record_changed", message: "", details: { record: "b" } };
  expect(splitBatch(["a", "b", "c"], fault)).toEqual({ blamed: ["b"], again: ["a", "c"] });
});

test("records that are refused together without a name are sent one by one", () => {
  const fault = { code: "edit_invalid", message: "", details: {} };
  expect(splitBatch(["a", "b"], fault)).toEqual({ blamed: [], again: ["a", "b"] });
  expect(splitBatch(["a"], fault)).toEqual({ blamed: ["a"], again: [] });
});

test("a server that is away has taken none of them", () => {
  expect(splitBatch(["a", "b"], { code: "server_unreachable", message: "" })).toEqual({
    blamed: ["a", "b"],
    again: [],
  });
});

test("whoever was quicker is the last one in the history", () => {
  const change = {
    kind: "change",
    at: "",
    action: "edited",
    column: "a",
    from: "",
    to: "",
    reason: null,
    bulkEdit: null,
  };
  expect(describeChanger([{ ...change, by: "Ann" } as never, { ...change, by: "Ben" } as never])).toBe("Ben");
  expect(describeChanger([{ kind: "resubmission", by: "Ann" } as never])).toBe("A resubmission");
  expect(describeChanger([])).toBe("Somebody");
});

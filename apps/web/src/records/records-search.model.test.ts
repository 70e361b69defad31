import { describe, expect, test } from "vitest";
import { isNarrowed, readRecordsSearch, toFilter } from "./records-search.model.ts";

describe("the address", () => {
  test("keeps what it knows and drops the rest", () => {
    const given = { run: "r1", state: "dismissed", code: "required", field: "", ready: true, page: 3, assignee: "" };
    expect(readRecordsSearch(given)).toEqual({
      run: "r1",
      state: "dismissed",
      code: "required",
      field: "",
      ready: true,
      assignee: "",
    });
  });

  test("reads a search of digits as the text that it was", () => {
    expect(readRecordsSearch({ search: 54 })).toEqual({ search: "54" });
  });

  test("drops states, days and texts that are none", () => {
    expect(readRecordsSearch({ state: "gone", since: "2026-02-30", until: "soon", run: {}, ready: "yes" })).toEqual({});
  });

  test("says nothing where the open records are meant, as without it", () => {
    expect(readRecordsSearch({ state: "open" })).toEqual({});
  });
});

describe("the filter", () => {
  test("is of open records unless the address says otherwise", () => {
    expect(toFilter({})).toEqual({ state: ["open"] });
    expect(toFilter({ state: "resolved", field: "" })).toEqual({ state: ["resolved"], field: "" });
    expect(toFilter({ state: "all" })).toEqual({});
  });

  test("covers the last day to its end, in the viewer's zone", () => {
    const { since, until } = toFilter({ since: "2026-11-01", until: "2026-11-30" });
    expect(since).toBe(new Date(2026, 10, 1).toISOString());
    expect(until).toBe(new Date(2026, 11, 1).toISOString());
  });

  test("is narrowed by anything but the state", () => {
    expect(isNarrowed({ state: "all" })).toBe(false);
    expect(isNarrowed({ field: "" })).toBe(true);
  });
});

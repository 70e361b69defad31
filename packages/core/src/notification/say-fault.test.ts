import { expect, test } from "vitest";
import { sayFault } from "./say-fault.ts";

const refused = (host: string) => new Error(`connect ECONNREFUSED ${host}:9`);

test.each([
  [
    "its cause",
    new TypeError("fetch failed", { cause: refused("127.0.0.1") }),
    "fetch failed: connect ECONNREFUSED 127.0.0.1:9",
  ],
  [
    "each address of its host",
    new TypeError("fetch failed", { cause: new AggregateError([refused("::1"), refused("127.0.0.1")], "") }),
    "fetch failed: connect ECONNREFUSED ::1:9, connect ECONNREFUSED 127.0.0.1:9",
  ],
  ["a code alone", new Error("lost", { cause: Object.assign(new Error(""), { code: "EPIPE" }) }), "lost: EPIPE"],
  [
    "the limit",
    new Error("aborted", { cause: new DOMException("late", "TimeoutError") }),
    "There was no answer within 7 s.",
  ],
  ["what is no error", "nonsense", "nonsense"],
])("a fault says %s", (_what, error, said) => {
  expect(sayFault(error, 7)).toBe(said);
});

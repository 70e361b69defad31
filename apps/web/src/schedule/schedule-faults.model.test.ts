import { expect, test } from "vitest";
import { placeFaults } from "./schedule-faults.model.ts";
import { describeRules, ruleFaults, sayMinutes } from "./schedule-rules.model.ts";

const rules = {
  overlap: "skip",
  missed: "once",
  missedWindowMinutes: "1440",
  jitterSeconds: "0",
  pauseAfterFailures: "",
} as const;

test("what the server says comes to the part that it is of", () => {
  const told = (code: string, details: Record<string, unknown>) =>
    placeFaults({ code, message: "Said.", details }, "none");
  const path = (text: string) => told("schedule_invalid", { faults: [{ path: text, message: "is odd" }] });
  expect(path("days.0")).toEqual({ days: "Is odd." });
  expect(path("end")).toEqual({ bound: "Is odd." });
  expect(path("set")).toEqual({ target: "Is odd." });
  expect(path("recurrence")).toEqual({ "": "Is odd." });
  expect(path("nothing.known")).toEqual({ "": "Nothing.known is odd." });
  expect(told("parameter_invalid", { faults: [{ key: "day", message: "Is wrong." }] })).toEqual({
    "parameters.day": "Is wrong.",
  });
  expect(told("parameter_missing", { step: "second", faults: [] })).toEqual({ "steps.second": "Said." });
  expect(told("schedule_name_taken", { name: "x" })).toEqual({ name: "Said." });
  expect(told("schedule_changed", {})).toEqual({ "": expect.stringContaining("save again to write over it") });
  expect(told("integration_deleted", {})).toEqual({ target: "Said." });
  expect(told("attachment_missing", { key: "codes" })).toEqual({ "attachments.codes": "Said." });
  expect(told("server_unreachable", {})).toEqual({ "": "Said." });
});

test("the rules are said in words, and their numbers are checked", () => {
  expect(describeRules(rules)).toBe(
    "While a run goes on, the next one is skipped. A time is missed when no worker comes to it within 5 minutes, or " +
      "before the next one. What is missed is made up for by one run, up to 1 day back. It starts at its time. " +
      "Failures do not pause it.",
  );
  expect(sayMinutes(90)).toBe("90 minutes");
  expect(sayMinutes(120)).toBe("2 hours");
  expect(ruleFaults(rules)).toEqual({});
  const wrong = { ...rules, missedWindowMinutes: "", jitterSeconds: "1.5", pauseAfterFailures: "0" };
  expect(Object.keys(ruleFaults(wrong))).toEqual(["missedWindowMinutes", "jitterSeconds", "pauseAfterFailures"]);
  expect(ruleFaults({ ...wrong, missed: "skip" })).not.toHaveProperty("missedWindowMinutes");
});

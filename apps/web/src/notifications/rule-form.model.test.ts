import { expect, test } from "vitest";
import { formOf, toSave } from "./rule-form.model.ts";

test("a form is kept as what it says, by webhook or by e-mail", () => {
  const form = { ...formOf(undefined), name: "Night shift", url: " https://example.com/hook " };
  const terms = { notStartedMinutes: 5, slowTimes: 3, events: ["failed", "completed_with_errors", "not_started"] };
  expect(toSave(form, undefined)).toEqual({
    rule: undefined,
    name: "Night shift",
    ...terms,
    webhook: { url: "https://example.com/hook" },
  });
  const mail = { ...form, channel: "email", addresses: "ada@example.com, bob@example.com\neve@example.com" } as const;
  expect(toSave({ ...mail, target: { kind: "set", key: "nightly" } }, "r1")).toEqual({
    rule: "r1",
    name: "Night shift",
    set: "nightly",
    ...terms,
    email: { addresses: ["ada@example.com", "bob@example.com", "eve@example.com"] },
  });
});

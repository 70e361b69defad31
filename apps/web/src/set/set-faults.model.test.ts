import { expect, test } from "vitest";
import { faultAt, otherFaults, placeFaults } from "./set-faults.model.ts";
import { emptySet, newParameter } from "./set-form.model.ts";

const empty = emptySet();
const form = { ...empty, parameters: [newParameter(empty)] };
const told = (faults: object[]) => ({
  code: "definition_invalid",
  message: "The definition has faults.",
  details: { faults },
});
const second = form.steps[1]?.id ?? null;

test("faults come to the step, the parameter or the part of the set that they are of", () => {
  const faults = placeFaults(
    told([
      { path: "steps[1].integration", message: 'names "gone", which is no integration' },
      { path: "steps[1].parameters.day", message: "is missing" },
      { path: "steps[1].attachments.codes", message: "is no attachment" },
      { path: "parameters[0].key", message: "is not a parameter key" },
      { path: "name", message: "is missing" },
      { path: "steps[7].key", message: "is odd" },
    ]),
    form,
  );
  expect(faultAt(faults, second, "integration")).toBe('Names "gone", which is no integration.');
  expect(faultAt(faults, second, "parameters.day")).toBe("Is missing.");
  expect(faultAt(faults, second, "key")).toBeUndefined();
  expect(faultAt(faults, form.parameters[0]?.id ?? null, "key")).toBe("Is not a parameter key.");
  expect(faultAt(faults, null, "name")).toBe("Is missing.");
  expect(otherFaults(faults, second, (part) => !part.startsWith("attachments"))).toEqual([
    "attachments.codes is no attachment",
  ]);
  expect(otherFaults(faults, null, (part) => part === "name")).toEqual(["steps[7].key is odd"]);
});

test("a fault that has no place is one of the set", () => {
  const faults = placeFaults({ code: "server_unreachable", message: "The server does not answer." }, form);
  expect(otherFaults(faults, null, () => false)).toEqual(["The server does not answer."]);
});

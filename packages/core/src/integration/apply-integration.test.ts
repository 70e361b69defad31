import { expect, test } from "vitest";
import { openTestWaybill } from "../testing/test-services.ts";
import { applyIntegration } from "./apply-integration.ts";

const yaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
parameters:
  - { key: day, label: Day, type: date }
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;

test.each([
  ["name", "name: People", 'name: "Pe\\u001b[31mople"'],
  ["label", "label: Day", 'label: "Day\\0"'],
])("a definition whose %s holds a control character is refused", async (field, right, wrong) => {
  const ctx = await openTestWaybill({ worker: false });
  await expect(applyIntegration(ctx, { yaml: yaml.replace(right, wrong) })).rejects.toMatchObject({
    code: "definition_invalid",
    message: expect.stringMatching(new RegExp(`${field}: must hold no control character`)),
  });
  expect(await applyIntegration(ctx, { yaml })).toMatchObject({ outcome: "created" });
});

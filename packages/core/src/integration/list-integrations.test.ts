import { expect, test } from "vitest";
import { openTestWaybill } from "../testing/test-services.ts";
import { applyIntegration } from "./apply-integration.ts";
import { listIntegrations, listIntegrationsInput } from "./list-integrations.ts";

test("the list pages through integrations once, whatever letters their names have", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const names = ["ΜΙΣΘΟΣ", "Öl", "Zeta", "İstanbul", "Ωμέγα"];
  for (const [index, name] of names.entries()) {
    const yaml = `waybill: 1
kind: integration
key: integration-${index}
name: ${name}
direction: import
fields:
  - { name: id, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;
    await applyIntegration(ctx, { yaml });
  }
  const whole = await listIntegrations(ctx, listIntegrationsInput.parse({}));
  const paged: string[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= names.length; page++) {
    const found = await listIntegrations(ctx, listIntegrationsInput.parse({ limit: 1, cursor }));
    paged.push(...found.items.map((one) => one.name));
    cursor = found.next;
  }
  expect(paged).toEqual(whole.items.map((one) => one.name));
  expect(cursor).toBeNull();
});

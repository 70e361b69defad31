import { expect, test } from "vitest";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { applyIntegration } from "./apply-integration.ts";
import { deleteIntegration } from "./delete-integration.ts";
import { getIntegration } from "./read-integration.ts";
import { restoreIntegration } from "./restore-integration.ts";

test("what is restored is the newest version, whichever was read before", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyIntegration(ctx, { yaml: testDefinition() });
  await applyIntegration(ctx, { yaml: testDefinition().replace("name: People", "name: Everybody") });
  await deleteIntegration(ctx, { key: "people" });
  expect(await restoreIntegration(ctx, { key: "people" })).toEqual({ key: "people", version: 2 });
  expect(await getIntegration(ctx, { key: "people" })).toMatchObject({ name: "Everybody", version: 2, deleted: false });
  expect(await restoreIntegration(ctx, { key: "people" })).toEqual({ key: "people", version: 2 });
  await expect(restoreIntegration(ctx, { key: "nobody" })).rejects.toMatchObject({ code: "integration_unknown" });
});

import { applyDefinition, callServer, sendFile } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const people = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: People of ${key}
direction: import
fields: [{ name: id, type: text, required: true }]
recordKey: [id]
destination: { dataset: ${key.replaceAll("-", "_")} }
`;

test("a schedule is paused and resumed, greyed once its integration is deleted, and deleted", async ({
  page,
  request,
}) => {
  const key = `scheduled-${Date.now()}`;
  const name = `Nightly ${key}`;
  await applyDefinition(request, people(key));
  const sourceFile = await sendFile(request, { name: "people.csv", text: "id\n1\n" });
  const recurrence = { kind: "daily", every: 1, at: "02:30", timeZone: "Europe/Berlin", start: "2026-01-01T00:00" };
  await callServer(request, "schedules.save", { name, integration: key, sourceFile, recurrence });
  await page.goto("/schedules");
  const card = page.getByRole("listitem").filter({ hasText: name });
  await expect(card).toContainText("02:30 (Europe/Berlin)");
  await expect(card).toContainText("Next:");
  const planned = page.getByRole("row").filter({ hasText: name });
  await expect(planned).toContainText("Scheduled");
  await card.getByRole("button", { name: "Pause" }).click();
  await expect(card).toContainText("Paused by Local administrator");
  await card.getByRole("button", { name: "Resume" }).click();
  await expect(card).toContainText("Next:");
  await callServer(request, "integrations.delete", { key });
  await page.reload();
  await expect(card).toContainText("deleted: what is planned will fail");
  await expect(planned).toContainText("Scheduled but Deleted");
  await card.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(card).toBeHidden();
  await expect(planned).toBeHidden();
});

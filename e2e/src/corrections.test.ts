import { readFile } from "node:fs/promises";
import { applyDefinition, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const people = `
waybill: 1
kind: integration
key: round-trip
name: People of a round trip
direction: import
fields:
  - { name: id, type: text, required: true }
  - { name: hired, type: date, format: yyyy-MM-dd }
recordKey: [id]
destination: { dataset: round_trip }
`;

test("rejected records go out as errors.csv and come back corrected; a faulty file changes nothing", async ({
  page,
  request,
}) => {
  const name = `round-trip ${Date.now()}`;
  await applyDefinition(request, people);
  const text = "id,hired\nE001,soon\nE002,later\n";
  await startRun(request, { integration: "round-trip", name, file: { name: "people.csv", text } });
  await page.goto(`/records?run=${encodeURIComponent(name)}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "errors.csv" }).click();
  const download = await downloading;
  const exported = await readFile(await download.path(), "utf8");
  expect(download.suggestedFilename()).toBe("errors.csv");

  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog");
  const choose = (fileName: string, content: string) =>
    dialog
      .locator("input[type=file]")
      .setInputFiles({ name: fileName, mimeType: "text/csv", buffer: Buffer.from(content) });
  await choose("errors.xlsx", exported);
  await expect(dialog).toContainText("The file must end in .csv");
  await expect(dialog.getByRole("button", { name: "Import" })).toBeDisabled();
  await choose("errors.csv", exported.replace("soon", "2026-01-01").replace(/[0-9a-f-]{36}@0\n$/, "nothing\n"));
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nothing was taken");
  await expect(dialog.getByRole("region", { name: "Faulty rows" }).getByRole("listitem")).toContainText("Line 3");
  await expect(page.getByText("soon", { exact: true }).first()).toBeAttached();

  await choose("errors.csv", exported.replace("soon", "2026-01-01"));
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(dialog).toContainText("2 records were read: 1 edited, 1 unchanged. 1 has no issue left, 1 still has");
  await expect(dialog.getByRole("link")).toHaveText(/resubmission/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Resubmission" })).toContainText("1 accepted");
  await expect(page.getByRole("grid", { name: "Rejected records" }).getByRole("row")).toHaveCount(2);
});

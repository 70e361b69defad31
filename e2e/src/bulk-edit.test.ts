import type { Page } from "@playwright/test";
import { applyDefinition, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const wages = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: Wages of ${key}
direction: import
fields:
  - { name: id, type: text, required: true }
  - { name: wage, type: decimal, scale: 2 }
  - { name: team, type: choice, choices: [Sales, Board], required: true }
recordKey: [id]
destination: { dataset: ${key.replaceAll("-", "_")} }
`;

const file = `id,wage,team
E001,EUR 1,Sales
E002,EUR 2,sales dept
E003,unknown,Board
`;

/** The dialog by which all three rejected records of a new integration are changed. */
async function openDialog(page: Page, request: Parameters<typeof applyDefinition>[0], key: string) {
  const name = `${key} ${Date.now()}`;
  await applyDefinition(request, wages(key));
  await startRun(request, { integration: key, name, file: { name: "wages.csv", text: file } });
  await page.goto(`/records?run=${encodeURIComponent(name)}&field=wage`);
  await page.getByRole("button", { name: "Change all…" }).click();
  return page.getByRole("dialog");
}

const gridCell = (page: Page, name: string) =>
  page.getByRole("grid", { name: "Rejected records" }).getByRole("gridcell", { name, exact: true });

test("a change is seen before it is made, made to all that fit, and taken back", async ({ page, request }) => {
  const dialog = await openDialog(page, request, "bulk-replace");
  await expect(dialog.getByLabel("Column")).toHaveValue("wage");
  await dialog.getByLabel("Replace", { exact: true }).check();
  await dialog.getByLabel("Text", { exact: true }).fill("EUR ");
  await expect(dialog.getByText("3 records match, 2 change, 1 would have no issue left.")).toBeVisible();
  const first = dialog.getByRole("region", { name: "Examples" }).getByRole("listitem").first();
  await expect(first).toContainText("EUR 1");
  await expect(first.locator("s")).toContainText("wage must be a number");

  await dialog.getByRole("button", { name: "Change 2 records" }).click();
  await expect(dialog).toContainText("Completed");
  await expect(dialog).toContainText("2 changed, 1 without issues now, of 3");
  await page.keyboard.press("Escape");
  await expect(gridCell(page, "unknown")).toBeVisible();
  await expect(gridCell(page, "EUR 2")).toBeHidden();

  const strip = page.getByRole("region", { name: "Bulk edits" });
  const done = strip.getByRole("listitem").filter({ hasText: "2 changed, 1 without issues now, of 3" });
  await done.getByRole("button", { name: "Undo…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(strip.getByRole("listitem").filter({ hasText: "2 changed back" })).toContainText("Completed");
  await expect(done).toContainText("undone");
  await expect(gridCell(page, "EUR 2")).toBeVisible();
});

test("a pattern that cannot be used is told beside it, and one with a group replaces", async ({ page, request }) => {
  const dialog = await openDialog(page, request, "bulk-pattern");
  await dialog.getByLabel("Replace", { exact: true }).check();
  await dialog.getByLabel("The text is a pattern").check();
  const pattern = dialog.getByLabel("Pattern", { exact: true });
  await pattern.fill("EUR (\\d");
  await expect(pattern).toHaveAttribute("aria-invalid", "true");
  await expect(dialog).toContainText("cannot be used");
  await expect(dialog.getByRole("button", { name: "Change all" })).toBeDisabled();
  await pattern.fill("EUR (\\d)");
  await dialog.getByLabel("Replace with").fill("$1.50");
  await expect(dialog.getByRole("region", { name: "Examples" })).toContainText("1.50");
  await expect(pattern).toHaveAttribute("aria-invalid", "false");
});

test("values are mapped by a table from a spreadsheet, whose faults are told by their lines", async ({
  page,
  request,
}) => {
  const dialog = await openDialog(page, request, "bulk-map");
  await dialog.getByLabel("Column").selectOption("team");
  await dialog.getByLabel("Map values").check();
  const table = dialog.getByRole("textbox", { name: "Old and new values" });
  await table.fill("sales dept\tSales\nalone");
  await expect(dialog).toContainText("Line 2 has one column.");
  await expect(dialog.getByRole("button", { name: "Change all" })).toBeDisabled();
  // More values than fit into an address.
  const rows = Array.from({ length: 2_000 }, (_, at) => `an old value ${at};Board`);
  const buffer = Buffer.from(["sales dept;Sales", ...rows].join("\r\n"));
  await dialog.getByLabel("Choose a CSV").setInputFiles({ name: "teams.csv", mimeType: "text/csv", buffer });
  await expect(dialog.getByText("2,001 values")).toBeVisible();
  await dialog.getByRole("button", { name: "Change 1 record" }).click();
  await expect(dialog).toContainText("1 changed, 0 without issues now");
});

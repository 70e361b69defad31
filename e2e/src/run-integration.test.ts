import { applyDefinition, sample } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

test("select, name, choose a file, set parameters, run, wait, read the Run Summary", async ({ page }) => {
  const name = `People of the day ${Date.now()}`;
  await page.getByRole("banner").getByRole("link", { name: "Run an Integration" }).click();
  await page.getByLabel("Find an integration").fill("people");
  await page.getByRole("button", { name: /^People import/ }).click();
  await page.getByLabel("Integration Run Name").fill(name);
  await page.locator("#source-file").setInputFiles(sample("people.csv"));
  await page.getByLabel("Effective date").fill("2026-11-01");
  await page.locator("#attachment-jobCodes").setInputFiles(sample("job-codes.csv"));
  await page.getByRole("button", { name: "Run Integration" }).click();

  await expect(page.getByRole("status")).toContainText("Completed with Errors");
  await page.getByRole("link", { name: "Run Summary" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("1,000 records read")).toBeVisible();
  await expect(page.getByText("2026-11-01")).toBeVisible();

  await page.getByRole("link", { name: "hire_date: not_a_date" }).click();
  await expect(page.getByText("hire_date must be a date of the form yyyy-MM-dd.")).toHaveCount(2);
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page.getByRole("region", { name: "Rejected records" }).getByRole("row")).toHaveCount(21);
  await page.getByRole("tab", { name: "Additional Details" }).click();
  await expect(page.getByText("Opened people.csv")).toBeVisible();

  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Completed with Errors");
});

test("an integration is deleted knowingly where what needs it cannot be found out, and restored", async ({
  page,
  request,
}) => {
  const key = `forgotten-${Date.now()}`;
  await applyDefinition(request, again.replace("key: again", `key: ${key}`));
  // News of runs would have the question asked again by itself.
  await page.route(/runs\.changes/, (route) => route.abort());
  await page.goto(`/run?integration=${key}`);
  let away = true;
  await page.route(/integrations\.dependents/, (route) => (away ? route.abort() : route.continue()));
  await page.getByRole("button", { name: "Delete" }).click();
  const asked = page.getByRole("alertdialog");
  await expect(asked.getByRole("alert")).toContainText("What needs it could not be found out");
  away = false;
  await asked.getByRole("button", { name: "Try again" }).click();
  await expect(asked.getByRole("alert")).toBeHidden();
  await asked.getByRole("button", { name: "No" }).click();
  await expect(page.getByRole("button", { name: "Delete" })).toBeFocused();
  away = true;
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(asked.getByRole("alert")).toBeVisible();
  await asked.getByRole("button", { name: "Yes" }).click();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("button", { name: "Delete" })).toBeVisible();
});

test("Re-Run asks, and runs the same values again", async ({ page, request }) => {
  await applyDefinition(request, again);
  await page.goto("/run?integration=again");
  await page.locator("#source-file").setInputFiles(sample("job-codes.zip"));
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  await page.goto("/run?integration=again");
  await page.getByRole("button", { name: "Re-Run" }).click();
  await page.getByRole("button", { name: "No", exact: true }).click();
  await expect(page.getByRole("button", { name: "Run Integration" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Re-Run" })).toBeFocused();
  await page.getByRole("button", { name: "Re-Run" }).click();
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  await expect(page.getByText("24 read, 24 accepted")).toBeVisible();
});

test("a file that cannot be read ends as Failed and says why", async ({ page }) => {
  await page.goto("/run?integration=job-codes-import");
  const csv = Buffer.from("job_code,name\nJ100,Baker\n");
  await page.locator("#source-file").setInputFiles({ name: "codes.csv", mimeType: "text/csv", buffer: csv });
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByRole("status").getByText("Failed")).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("title");
});

test("what is wrong is said before anything is sent", async ({ page }) => {
  await page.goto("/run?integration=job-codes-import");
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByText("A file is required.")).toBeVisible();
  const text = { name: "codes.txt", mimeType: "text/plain", buffer: Buffer.from("x") };
  await page.locator("#source-file").setInputFiles(text);
  await expect(page.getByText("The file must end in .csv, .zip, .pgp or .gpg.")).toBeVisible();
});

/** Re-Run takes an integration's last run, so nobody else may run this one. */
const again = `
waybill: 1
kind: integration
key: again
name: Again
direction: import
fields:
  - { name: job_code, type: text, required: true }
recordKey: [job_code]
destination: { dataset: again }
`;

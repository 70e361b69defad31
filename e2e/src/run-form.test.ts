import { applyDefinition, sample } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const everyParameter = `
waybill: 1
kind: integration
key: every-parameter
name: Every parameter
direction: import
source: { fileName: job-codes.csv }
parameters:
  - { key: moment, label: Moment, type: timestamp, required: true }
  - { key: sides, label: Sides, type: choices, choices: [north, south], required: true }
  - { key: days, label: Days, type: timeframe, default: last_30_days }
fields:
  - { name: job_code, type: text, required: true }
destination: { dataset: every_parameter, mode: insert }
`;

test("moments, choices and timeframes of days are taken as they are filled in", async ({ page, request }) => {
  await applyDefinition(request, everyParameter);
  await page.goto("/run?integration=every-parameter");
  await page.locator("#source-file").setInputFiles(sample("job-codes.csv"));
  await expect(page.getByText("Sides is required.")).toBeHidden();
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByText("Sides is required.")).toBeVisible();
  await expect(page.getByLabel("Moment")).toBeFocused();
  await page.getByLabel("Moment").fill("2026-11-01T08:30");
  await page.getByRole("group", { name: "Sides" }).getByLabel("south").check();
  await expect(page.getByLabel("Number of days before today")).toHaveValue("30");
  await page.getByLabel("Number of days before today").fill("7");
  await page.getByRole("button", { name: "Run Integration" }).click();
  await page.getByRole("link", { name: "Run Summary" }).click();
  const moment = await page.evaluate(() => new Date("2026-11-01T08:30").toISOString());
  await expect(page.getByText(moment)).toBeVisible();
  await expect(page.getByText("south", { exact: true })).toBeVisible();
});

test("an attachment that was removed again is not sent", async ({ page }) => {
  await page.goto("/run?integration=people-import");
  await page.locator("#source-file").setInputFiles(sample("people.csv"));
  await page.locator("#attachment-jobCodes").setInputFiles(sample("job-codes.csv"));
  await page.getByRole("button", { name: "Remove job-codes.csv" }).click();
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByRole("status").getByText("Completed with Errors")).toBeVisible();
});

test("a run is started once, however often the button is pressed", async ({ page }) => {
  await page.goto("/run?integration=job-codes-import");
  const started: string[] = [];
  page.on("request", (sent) => sent.url().includes("runs.start") && started.push(sent.url()));
  await page.locator("#source-file").setInputFiles(sample("job-codes.csv"));
  await page.getByRole("button", { name: "Run Integration" }).dblclick();
  await expect(page.getByRole("status").getByText("Completed", { exact: true })).toBeVisible();
  expect(started).toHaveLength(1);
});

test("leaving while the file is sent starts nothing and leads nowhere", async ({ page }) => {
  await page.goto("/run?integration=job-codes-import");
  const held = Promise.withResolvers<void>();
  await page.route("**/files?*", async (route) => {
    await held.promise;
    await route.continue().catch(() => undefined);
  });
  let started = false;
  page.on("request", (sent) => {
    started ||= sent.url().includes("runs.start");
  });
  await page.locator("#source-file").setInputFiles(sample("job-codes.csv"));
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByText("Sending job-codes.csv")).toBeVisible();
  const aborted = page.waitForEvent("requestfailed");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await aborted;
  held.resolve();
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
  expect(started).toBe(false);
});

test("Enter picks what the search finds, even before the server has answered", async ({ page }) => {
  await page.goto("/run");
  await expect(page.getByRole("button", { name: /^Job codes import/ })).toBeVisible();
  await expect(page.getByLabel("Find an integration")).toBeFocused();
  await page.route("**/trpc/integrations.list*", () => undefined);
  await page.getByLabel("Find an integration").fill("punches");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/integration=punches-import/);
});

test("the address holds the run that was started: back, reload and a new start all work", async ({ page }) => {
  await page.goto("/run?integration=job-codes-import");
  await page.locator("#source-file").setInputFiles(sample("job-codes.csv"));
  await page.getByRole("button", { name: "Run Integration" }).click();
  await expect(page.getByText("24 read, 24 accepted")).toBeVisible();
  await page.reload();
  await expect(page.getByText("24 read, 24 accepted")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("button", { name: "Run Integration" })).toBeVisible();
  await page.goForward();
  await expect(page.getByText("24 read, 24 accepted")).toBeVisible();
  await page.getByRole("banner").getByRole("link", { name: "Run an Integration" }).click();
  await expect(page.getByLabel("Find an integration")).toBeVisible();
});

test("the form fits a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/run?integration=people-import");
  await expect(page.getByRole("button", { name: "Run Integration" })).toBeVisible();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
});

import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { applyDefinition } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const integration = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: Import of ${key}
direction: import
source: { sameBytes: silent }
fields:
  - { name: id, type: integer, required: true }
recordKey: [id]
destination: { dataset: ${key.replaceAll("-", "_")} }
`;

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const good = csv("people.csv", "id\n1\n2\n3\n");
const bad = csv("bad.csv", "id\n1\nnone\n");
const mended = csv("mended.csv", "id\n1\n2\n3\n4\n");

/** Applies four integrations, and gives their keys. */
async function applyFour(request: APIRequestContext, prefix: string): Promise<string[]> {
  const keys = ["first", "second", "third", "fourth"].map((name) => `${prefix}-${name}`);
  for (const key of keys) await applyDefinition(request, integration(key));
  return keys;
}

const step = (page: Page, position: number) => page.getByRole("group", { name: new RegExp(`^Step ${position}\\b`) });
const save = (page: Page) => page.getByRole("button", { name: "Save set" });

/** Fills in the builder with steps in this order. */
async function build(page: Page, name: string, keys: string[]): Promise<void> {
  await page.goto("/sets/new");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  for (const [index, key] of keys.entries()) {
    if (index >= 2) await page.getByRole("button", { name: "Add a step" }).click();
    await step(page, index + 1)
      .getByLabel("Integration")
      .selectOption(key);
  }
}

const lineOf = (page: Page, key: string): Locator => page.locator(`[data-step="${key}"]`);

/** Runs the set that is open with a file for all steps and a bad one for the third. */
async function runWithBadThird(page: Page): Promise<void> {
  await page.getByRole("form", { name: "Set" }).getByRole("link", { name: "Run", exact: true }).click();
  await page.locator("#source-file").setInputFiles(good);
  await page.locator("#step-3-source").setInputFiles(bad);
  await page.getByRole("button", { name: "Run set" }).click();
  await expect(page).toHaveURL(/\/set-runs\//);
}

test("a set is built, stops at a bad file, and is resumed with a mended one", async ({ page, request }) => {
  const [first = "", second = "", third = "", fourth = ""] = await applyFour(request, "night");
  await page.goto("/sets");
  await page.getByRole("link", { name: "New set" }).first().click();
  await expect(page.getByRole("heading", { name: "New set" })).toBeVisible();
  await build(page, "Every Night", [first, third, second, fourth]);
  await expect(page.locator("#set-key")).toHaveValue("every-night");
  await step(page, 2).getByLabel("Step key").press("Alt+ArrowDown");
  await expect(step(page, 3).getByLabel("Step key")).toBeFocused();
  await expect(page.getByText(`${third} is step 3 of 4 now.`)).toBeAttached();
  await expect(step(page, 2).getByLabel("Integration")).toHaveValue(second);
  await save(page).click();
  await expect(page).toHaveURL(/\/sets\/every-night$/);
  await expect(page.getByText("every-night, version 1")).toBeVisible();

  await runWithBadThird(page);
  const status = page.getByRole("status").first();
  await expect(status).toContainText("Failed");
  await expect(lineOf(page, second)).toContainText("Completed");
  await expect(lineOf(page, third)).toContainText("2 read, 1 rejected");
  await expect(lineOf(page, fourth)).toContainText("Skipped");
  await expect(lineOf(page, fourth)).toContainText("Step 3 (night-third) ended Completed with Errors");
  const stopped = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const run = await lineOf(page, second).getByRole("link").getAttribute("href");

  await page.getByRole("button", { name: "Resume…" }).click();
  await page.getByRole("dialog").locator("#mended-file").setInputFiles(mended);
  await expect(page.getByRole("dialog")).not.toContainText("runs again");
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Resumes", { exact: true })).toBeVisible();
  await expect(status).toContainText("Completed");
  await expect(lineOf(page, second)).toContainText(`Done in "${stopped}"`);
  await expect(lineOf(page, second).getByRole("link")).toHaveAttribute("href", run ?? "");
  await expect(lineOf(page, third)).toContainText("4 read, 0 rejected");
  await expect(lineOf(page, fourth)).toContainText("3 read, 0 rejected");
  await page.getByRole("link", { name: stopped }).click();
  await expect(page.getByText("Resumed by", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Resume…" })).toBeHidden();

  await page.getByRole("link", { name: "Sets", exact: true }).click();
  await expect(page.getByRole("table", { name: "Sets" }).getByRole("row", { name: /Every Night/ })).toContainText(
    "Completed",
  );
});

test("a step that cannot start is told at that step, and a set is run again with the same values", async ({
  page,
  request,
}) => {
  const [first = "", second = ""] = await applyFour(request, "told");
  const needs = "parameters: [{ key: day, label: Pay day, type: date, required: true }]";
  const codes = "attachments: [{ key: codes, label: Codes, required: true, columns: [code] }]";
  await applyDefinition(request, `${integration(second)}${needs}\n${codes}\n`);
  await build(page, "Told", [first, second]);
  await step(page, 2).getByLabel("Pay day").selectOption("ask");
  await save(page).click();
  await expect(page.getByText("told, version 1")).toBeVisible();
  await page.getByRole("form", { name: "Set" }).getByRole("link", { name: "Run", exact: true }).click();
  await page.locator("#source-file").setInputFiles(good);
  await page.getByLabel("Pay day").fill("2026-11-30");
  await page.getByRole("button", { name: "Run set" }).click();
  const told = page.getByRole("region", { name: /^Step 2/ });
  await expect(told.getByRole("alert")).toContainText("codes");
  await told.locator("#step-2-codes").setInputFiles(csv("codes.csv", "code\nA\n"));
  await page.getByRole("button", { name: "Run set" }).click();
  await expect(page.getByRole("status").first()).toContainText("Completed");
  await page.getByRole("link", { name: "Run again" }).click();
  await expect(page.getByLabel("Pay day")).toHaveValue("2026-11-30");
});

test("a set that does not abort goes on after a failure, and names what resuming it runs again", async ({
  page,
  request,
}) => {
  const keys = await applyFour(request, "lax");
  await build(page, "Goes on", keys);
  await page.getByLabel("Abort on failure").uncheck();
  await save(page).click();
  await expect(page.getByText("goes-on, version 1")).toBeVisible();
  await runWithBadThird(page);
  await expect(page.getByRole("status").first()).toContainText("Completed with Errors");
  await expect(lineOf(page, keys[3] ?? "")).toContainText("3 read, 0 rejected");
  const runOf = (at: number) =>
    lineOf(page, keys[at] ?? "")
      .getByRole("link")
      .getAttribute("href");
  const [second, fourth] = [await runOf(1), await runOf(3)];

  await page.getByRole("button", { name: "Resume…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Step 4 (lax-fourth) was Completed and runs again.");
  await expect(dialog.getByRole("radio")).toHaveCount(1);
  await dialog.locator("#mended-file").setInputFiles(mended);
  await dialog.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Resumes", { exact: true })).toBeVisible();
  await expect(lineOf(page, keys[2] ?? "")).toContainText("4 read, 0 rejected");
  await expect(lineOf(page, keys[3] ?? "")).toContainText("3 read, 0 rejected");
  expect(await runOf(1)).toBe(second);
  expect(await runOf(3)).not.toBe(fourth);
});

test("a step whose integration has been deleted is marked, and restored there", async ({ page, request }) => {
  const [first = "", second = ""] = await applyFour(request, "gone");
  await build(page, "Gone", [first, second]);
  await save(page).click();
  await expect(page.getByText("gone, version 1")).toBeVisible();
  await page.goto(`/run?integration=${second}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await expect(page.getByText("This integration has been deleted")).toBeVisible();
  await page.getByRole("link", { name: "Sets", exact: true }).click();
  const row = page.getByRole("table", { name: "Sets" }).getByRole("row", { name: /Gone/ });
  await expect(row.getByRole("link", { name: "(deleted: restore it)" })).toBeVisible();
  await row.getByRole("link", { name: "Gone", exact: true }).click();
  await expect(page.getByText(/This set does not start/)).toContainText(second);
  await expect(step(page, 2)).toContainText(`${second} (deleted)`);
  await step(page, 2).getByRole("button", { name: "Restore" }).click();
  await expect(step(page, 2).getByRole("button", { name: "Restore" })).toBeHidden();
  await expect(page.getByText(/This set does not start/)).toBeHidden();
  await expect(step(page, 2).getByLabel("Integration")).toHaveValue(second);
});

test("what is wrong is said before and after saving, and what is not saved is not lost by a click", async ({
  page,
  request,
}) => {
  const [first = "", second = ""] = await applyFour(request, "wrong");
  await build(page, "Wrong", [first, second]);
  await page.getByRole("button", { name: "Take step 2 out" }).click();
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("A set has at least two steps.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Put it back" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(step(page, 2).getByLabel("Integration")).toBeFocused();
  await step(page, 2).getByLabel("Integration").selectOption(first);
  await save(page).click();
  await expect(step(page, 2).getByLabel("Step key")).toHaveAttribute("aria-invalid", "true");

  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.message();
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  expect(asked).toContain("not saved");
  await step(page, 2).getByLabel("Step key").fill("once-more");
  await save(page).click();
  await expect(page.getByText("wrong, version 1")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sets", exact: true })).toBeVisible();
});

test("steps are ordered by dragging, by buttons and by keys", async ({ page, request }) => {
  const [first = "", second = "", third = ""] = await applyFour(request, "order");
  await build(page, "Order", [first, second, third]);
  const order = () => Promise.all([1, 2, 3].map((at) => step(page, at).getByLabel("Integration").inputValue()));
  await step(page, 1)
    .getByTitle("Drag the step to another place")
    .dragTo(step(page, 3), { targetPosition: { x: 50, y: 120 } });
  await expect.poll(order).toEqual([second, third, first]);
  await page.getByRole("button", { name: "Move step 3 up" }).click();
  await expect(page.getByRole("button", { name: "Move step 2 up" })).toBeFocused();
  await expect.poll(order).toEqual([second, first, third]);
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(order).toEqual([first, second, third]);
  await expect(page.getByRole("button", { name: "Move step 1 up" })).toBeFocused();
});

test("the builder fits a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/sets/new");
  await expect(save(page)).toBeVisible();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
});

import type { Page } from "@playwright/test";
import { applyDefinition, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const people = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: People of ${key}
direction: import
fields:
  - { name: id, type: text, required: true, pattern: "^E[0-9]{3}$" }
  - { name: name, type: text, required: true }
  - { name: hired, type: date, format: yyyy-MM-dd }
recordKey: [id]
destination: { dataset: ${key.replaceAll("-", "_")} }
`;

const file = `id,name,hired
E001,Ann,2026-01-01
E002,,2026-01-02
E003,Cem,soon
12,Dee,2026-01-04
`;

/** Three records of a new integration are turned away. */
async function rejectThree(
  request: Parameters<typeof applyDefinition>[0],
  about: string,
): Promise<{ key: string; name: string }> {
  const { key, name } = newIntegration(about);
  await applyDefinition(request, people(key));
  await startRun(request, { integration: key, name, file: { name: "people.csv", text: file } });
  return { key, name };
}

function newIntegration(about: string): { key: string; name: string } {
  const key = `${about}-${Date.now()}`;
  return { key, name: `Run of ${key}` };
}

const grid = (page: Page) => page.getByRole("grid", { name: "Rejected records" });
const cell = (page: Page, name: string) => grid(page).getByRole("gridcell", { name, exact: true });
const row = (page: Page, line: number) =>
  grid(page)
    .getByRole("row")
    .filter({ has: page.getByLabel(`Select line ${line}`, { exact: true }) });

/** Until the server has all that was typed; the page checks it before that. */
const saved = (page: Page) => expect(page.getByText("saving…")).toBeHidden();

async function openAssistant(page: Page, key: string): Promise<void> {
  await page.goto(`/records?integration=${key}`);
  await expect(row(page, 3)).toBeVisible();
}

test("open from the Run Summary, correct by keyboard, see the issue go, resubmit, see it resolved", async ({
  page,
  request,
}) => {
  const { name } = await rejectThree(request, "assistant-all-through");
  await page.goto(`/runs/${encodeURIComponent(name)}`);
  await page.getByRole("link", { name: "Go to Transaction Assistant" }).click();
  await expect(grid(page).getByRole("row")).toHaveCount(4);

  await cell(page, "soon").click();
  await expect(cell(page, "soon")).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.type("2026-01-0");
  await expect(page.getByRole("textbox", { name: "hired" })).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.type("3");
  await expect(page.getByRole("textbox", { name: "hired" })).toHaveAttribute("aria-invalid", "false");
  await page.keyboard.press("Enter");
  await expect(row(page, 4)).toContainText("Ready");
  await expect(cell(page, "2026-01-04")).toBeFocused();

  await page.getByRole("button", { name: "Resubmit 1 ready" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resubmit 1" }).click();
  const sent = page.getByRole("region", { name: "Resubmission" });
  await expect(sent).toContainText("Completed");
  await expect(sent).toContainText("1 accepted");
  await expect(grid(page).getByRole("row")).toHaveCount(3);
  await page.getByRole("button", { name: /^Resolved/ }).click();
  await expect(row(page, 4)).toContainText("Resolved");

  await page.goto(`/runs/${encodeURIComponent(name)}`);
  await expect(page.getByText("resolved 1")).toBeVisible();
});

test("keys go through the grid, extend a block, take back, and find the next issue", async ({ page, request }) => {
  const { key } = await rejectThree(request, "assistant-keys");
  await openAssistant(page, key);
  await cell(page, "E002").click();
  await page.keyboard.press("F8");
  await expect(cell(page, "(empty)")).toBeFocused();
  await page.keyboard.press("F8");
  await expect(cell(page, "soon")).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type("er");
  await page.keyboard.press("Escape");
  await expect(cell(page, "soon")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(row(page, 4)).toContainText("Ready");
  await page.keyboard.press("Control+z");
  await expect(cell(page, "soon")).toBeFocused();
  await expect(row(page, 4)).toContainText("1 issue");
  await page.keyboard.press("Control+Home");
  await expect(cell(page, "E002")).toBeFocused();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Space");
  await expect(page.getByText("2 selected")).toBeVisible();
});

test("a block from a spreadsheet is pasted over many cells, and copied", async ({ page, request, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { key } = await rejectThree(request, "assistant-paste");
  await openAssistant(page, key);
  await page.evaluate(
    `navigator.clipboard.writeText(${JSON.stringify("E102\tBea\t2026-02-01\r\nE103\tCem\t2026-02-02\r\nE104\tDee\t\r\n")})`,
  );
  await cell(page, "E002").click();
  await page.keyboard.press("Control+v");
  for (const line of [3, 4, 5]) await expect(row(page, line)).toContainText("Ready");
  await page.keyboard.press("Control+c");
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
    "E102\tBea\t2026-02-01\nE103\tCem\t2026-02-02\nE104\tDee\t",
  );
  await saved(page);
  await page.reload();
  await expect(cell(page, "E104")).toBeVisible();
});

test("whoever comes second is told, keeps what was typed, and decides", async ({ page, request, context }) => {
  const { key } = await rejectThree(request, "assistant-two");
  await openAssistant(page, key);
  const other = await context.newPage();
  await openAssistant(other, key);
  await cell(other, "soon").click();
  await other.keyboard.type("2026-03-03");
  await other.keyboard.press("Enter");
  await expect(row(other, 4)).toContainText("Ready");
  await saved(other);

  await cell(page, "soon").click();
  await page.keyboard.type("2026-04-04");
  await page.keyboard.press("Enter");
  const told = page.getByRole("alert");
  await expect(told).toContainText("changed this record since you read it");
  await expect(told).toContainText("you wrote 2026-04-04, and it now says 2026-03-03");
  await told.getByRole("button", { name: "Write mine over it" }).click();
  await expect(told).toBeHidden();
  await expect(row(page, 4)).toContainText("Ready");
  await saved(page);
  await page.reload();
  await expect(cell(page, "2026-04-04")).toBeVisible();
});

test("what could not be saved stays, and is saved again", async ({ page, request }) => {
  const { key } = await rejectThree(request, "assistant-away");
  await openAssistant(page, key);
  await page.route(/records\.edit/, (route) => route.abort("connectionrefused"));
  await cell(page, "soon").click();
  await page.keyboard.type("2026-05-05");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("you wrote 2026-05-05");
  await expect(row(page, 4)).toContainText("Not saved");
  await page.unroute(/records\.edit/);
  await page.getByRole("button", { name: "Save it again" }).click();
  await expect(row(page, 4)).toContainText("Ready");
});

test("a row that does not fit its columns is laid out under them, told what it loses, and may be taken so", async ({
  page,
  request,
}) => {
  const { key, name } = newIntegration("laid-out");
  await applyDefinition(request, people(key));
  const text = 'id,name,hired\nE001,A"nn,2026-01-01\nE002,Bob,2026-01-02,surplus,\n';
  await startRun(request, { integration: key, name, file: { name: "people.csv", text } });
  await page.goto(`/records?integration=${key}`);
  await expect(row(page, 2).getByRole("gridcell", { name: 'A"nn', exact: true })).toBeVisible();
  await row(page, 3).getByRole("gridcell", { name: "Bob", exact: true }).click();
  const panel = page.getByRole("complementary", { name: "Record" });
  await expect(panel).toContainText("An edit leaves out what has no column: “surplus”, “”");
  await panel.getByRole("button", { name: "Take as laid out" }).click();
  await expect(row(page, 3)).toContainText("Ready");
  await expect(panel).toContainText("Came as E002 ⏐ Bob ⏐ 2026-01-02 ⏐ surplus");
  await saved(page);
  await expect(panel).toContainText("laid it out under its columns");
});

test("a group narrows the list; dismissing asks why; a dismissed record can be reopened", async ({ page, request }) => {
  const { key } = await rejectThree(request, "assistant-dismiss");
  await openAssistant(page, key);
  await page.getByRole("button", { name: /^hired/ }).click();
  await expect(page).toHaveURL(/code=not_a_date/);
  await expect(grid(page).getByRole("gridcell", { name: "soon" })).toBeVisible();
  await expect(row(page, 3)).toBeHidden();
  const panel = page.getByRole("complementary", { name: "Record" });
  await panel.getByRole("button", { name: "Dismiss…" }).click();
  await page.getByLabel("Why").fill("Left before the start");
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByText("No record fits the filter")).toBeVisible();
  await page.getByRole("button", { name: /^Dismissed/ }).click();
  await expect(panel).toContainText("dismissed it: Left before the start");
  await panel.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("button", { name: /^Open/ }).click();
  await expect(row(page, 4)).toContainText("1 issue");
});

test.describe("on a narrow screen that is touched", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test("the page fits, and a cell that is touched twice is edited", async ({ page, request }) => {
    const { key } = await rejectThree(request, "assistant-narrow");
    await openAssistant(page, key);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await cell(page, "soon").tap();
    await expect(page.getByRole("complementary", { name: "Record" })).toContainText("Line 4");
    await cell(page, "soon").tap();
    await page.getByRole("textbox", { name: "hired" }).fill("2026-06-06");
    await page.keyboard.press("Enter");
    await expect(row(page, 4)).toContainText("Ready");
  });
});

test("a list of thousands is gone through to its end, over runs with other columns", async ({ page, request }) => {
  const { key } = newIntegration("assistant-thousands");
  await applyDefinition(request, people(key));
  const rows = Array.from({ length: 1_500 }, (_, at) => `E${at},Name ${at},soon`);
  const first = { name: "first.csv", text: `id,name,hired\n${rows.join("\n")}\n` };
  const second = { name: "second.csv", text: "id,name,hired,remark\nE001,,2026-01-01,new here\n" };
  await startRun(request, { integration: key, name: `${key} first`, file: first });
  await startRun(request, { integration: key, name: `${key} second`, file: second });
  await page.goto(`/records?integration=${key}`);
  await expect(page.getByRole("button", { name: "Open 1,501" })).toBeVisible();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "1502");
  await expect(grid(page).getByRole("columnheader", { name: "remark" })).toBeVisible();
  await expect(grid(page).getByRole("link", { name: `${key} first` })).toBeVisible();
  await cell(page, "new here").click();
  await page.keyboard.press("Control+End");
  await expect(row(page, 1_501)).toContainText("Name 1499");
  await expect(grid(page).locator(":focus")).toBeVisible();
  await page.keyboard.press("Home");
  await expect(cell(page, "E1499")).toBeFocused();
});

import type { APIRequestContext, Page } from "@playwright/test";
import { applyDefinition, ask, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const key = `staff-${Date.now()}`;
const dataset = key.replaceAll("-", "_");

const definition = `
waybill: 1
kind: integration
key: ${key}
name: Staff import
direction: import
fields:
  - { name: id, type: text, required: true, pattern: "^S[0-9]{3}$" }
  - { name: name, type: text, required: true, maxLength: 20 }
  - { name: email, type: text, format: email }
  - { name: hired, type: date, format: yyyy-MM-dd }
  - { name: wage, type: decimal, scale: 2, max: 999.99 }
  - { name: age, type: integer, min: 14 }
  - { name: active, type: boolean }
  - { name: grade, type: choice, choices: [A, B, C] }
recordKey: [id]
destination: { dataset: ${dataset} }
`;

/** After one good record, one for each of twelve faults. */
const file = `id,name,email,hired,wage,age,active,grade
S001,Ann,ann@example.com,2020-01-01,10.00,30,yes,A
X002,Bob,bob@example.com,2020-01-01,10.00,30,yes,A
S003,,cid@example.com,2020-01-01,10.00,30,yes,A
S004,A name that is far too long,dan@example.com,2020-01-01,10.00,30,yes,A
S005,Eve,eve at example,2020-01-01,10.00,30,yes,A
S006,Fay,fay@example.com,2021-02-29,10.00,30,yes,A
S007,Gus,gus@example.com,2020-01-01,EUR 10,30,yes,A
S008,Hal,hal@example.com,2020-01-01,10.005,30,yes,A
S009,Ida,ida@example.com,2020-01-01,1000,30,yes,A
S010,Jon,jon@example.com,2020-01-01,10.00,12,yes,A
S011,Kim,kim@example.com,2020-01-01,10.00,old,yes,A
S012,Lea,lea@example.com,2020-01-01,10.00,30,maybe,A
S013,Max,max@example.com,2020-01-01,10.00,30,yes,D
`;

const grid = (page: Page) => page.getByRole("grid", { name: "Rejected records" });
const row = (page: Page, line: number) =>
  grid(page)
    .getByRole("row")
    .filter({ has: page.getByLabel(`Select line ${line}`, { exact: true }) });

test("twelve faults: some corrected by hand, some in bulk, one dismissed; what is ready is sent, once", async ({
  page,
  request,
}) => {
  const name = `Run of ${key}`;
  await applyDefinition(request, definition);
  await startRun(request, { integration: key, name, file: { name: "staff.csv", text: file } });
  await page.goto(`/runs/${encodeURIComponent(name)}`);
  await page.getByRole("link", { name: "Go to Transaction Assistant" }).click();
  await expect(grid(page).getByRole("row")).toHaveCount(13);

  await type(page, 3, "X002", "S002");
  await type(page, 4, "(empty)", "Cid");
  await changeInBulk(page);
  await dismiss(page, 14);

  await page.getByRole("button", { name: "Resubmit 3 ready" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resubmit 3" }).click();
  const sent = page.getByRole("region", { name: "Resubmission" });
  await expect(sent).toContainText("Completed");
  await expect(sent).toContainText("3 accepted");
  await expect(grid(page).getByRole("row")).toHaveCount(9);

  expect(await rowsOf(request)).toEqual([
    ["S001", "Ann", "10.00"],
    ["S002", "Bob", "10.00"],
    ["S003", "Cid", "10.00"],
    ["S007", "Gus", "10.00"],
  ]);
  await page.goto(`/runs/${encodeURIComponent(name)}`);
  await expect(page.getByText("resolved 3")).toBeVisible();
  await expectRefusedTwice(request, name);
});

async function type(page: Page, line: number, before: string, after: string): Promise<void> {
  await row(page, line).getByRole("gridcell", { name: before, exact: true }).click();
  await page.keyboard.press("Delete");
  await page.keyboard.type(after);
  await page.keyboard.press("Enter");
  await expect(row(page, line)).toContainText("Ready");
}

async function changeInBulk(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Change all…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Column").selectOption("wage");
  await dialog.getByLabel("Replace", { exact: true }).check();
  await dialog.getByLabel("Text", { exact: true }).fill("EUR ");
  await expect(dialog.getByText("12 records match, 1 changes, 1 would have no issue left.")).toBeVisible();
  await dialog.getByRole("button", { name: "Change 1 record" }).click();
  await expect(dialog).toContainText("Completed");
  await page.keyboard.press("Escape");
  await expect(row(page, 8)).toContainText("Ready");
}

async function dismiss(page: Page, line: number): Promise<void> {
  await page.getByLabel(`Select line ${line}`, { exact: true }).check();
  await page.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "Dismiss…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Has left the company");
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await expect(grid(page).getByRole("row")).toHaveCount(12);
}

async function rowsOf(request: APIRequestContext): Promise<(string | null)[][]> {
  const { items } = await ask<{ items: Record<string, string>[] }>(request, "datasets.rows", { dataset });
  return items.map((item) => [item.id ?? null, item.name ?? null, item.wage ?? null]).toSorted();
}

async function expectRefusedTwice(request: APIRequestContext, run: string): Promise<void> {
  const filter = { run, state: ["resolved"] };
  const { items } = await ask<{ items: { id: string }[] }>(request, "records.list", { filter });
  const of = { records: items.map((item) => item.id) };
  const headers = { Authorization: `Bearer ${process.env.E2E_TOKEN}` };
  const answer = await request.post("/trpc/records.resubmit", { headers, data: { of } });
  expect([of.records.length, answer.status(), await answer.text()]).toEqual([
    3,
    409,
    expect.stringContaining("record_not_open"),
  ]);
}

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { applyDefinition, callServer, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

// Of its own, since runs of others would be told too.
const codes = (key: string) => `
waybill: 1
kind: integration
key: ${key}
name: Codes of ${key}
direction: import
fields: [{ name: id, type: text, required: true }]
recordKey: [id]
destination: { dataset: ${key.replaceAll("-", "_")} }
`;

test("the secret of each new webhook stays until it is noted", async ({ page, request }) => {
  const names = ["First", "Second"].map((name) => `${name} ${Date.now()}`);
  await page.goto("/notifications");
  for (const name of names) {
    await page.getByRole("button", { name: "Add…" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Address").fill("http://127.0.0.1:9/hook");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(`The secret of ${name} is shown this once`)).toContainText("whsec_");
  }
  const [first = "", second = ""] = names;
  await page.getByRole("button", { name: "I have noted it" }).first().click();
  await expect(page.getByText(`The secret of ${first}`)).toBeHidden();
  await expect(page.getByText(`The secret of ${second}`)).toBeVisible();
  for (const rule of names) await callServer(request, "notifications.delete", { rule });
});

test("a notification is added, tried, told of a run that failed, sent again, changed and deleted", async ({
  page,
  request,
}) => {
  let answer = 200;
  const ids: (string | string[] | undefined)[] = [];
  const receiver = createServer((asked, response) => {
    ids.push(asked.headers["webhook-id"]);
    response.writeHead(answer).end("noted");
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const key = `told-${Date.now()}`;
  const name = `Night shift ${key}`;
  await applyDefinition(request, codes(key));
  await page.goto("/notifications");
  await page.getByRole("button", { name: "Add…" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("About").selectOption({ label: `Codes of ${key} (${key})` });
  await page.getByLabel("Address").fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("whsec_")).toBeVisible();
  await page.getByRole("button", { name: "I have noted it" }).click();
  const card = page.getByRole("listitem").filter({ hasText: name });
  await card.getByRole("button", { name: "Test" }).click();
  await expect(card).toContainText("The test message was delivered.");
  answer = 500;
  await card.getByRole("button", { name: "Test" }).click();
  await expect(card).toContainText("The test message was not delivered. The receiver answered 500.");
  answer = 200;
  const file = { name: "codes.csv", text: "nothing\n1\n" };
  await startRun(request, { integration: key, name: `${name} run`, file });
  const row = page.getByRole("row").filter({ hasText: `${name} run` });
  await expect(row).toContainText("Delivered", { timeout: 15_000 });
  await row.getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => ids.length, { timeout: 15_000 }).toBe(4);
  expect(ids[3]).toBe(ids[2]);
  await card.getByRole("button", { name: "Change…" }).click();
  await expect(page.getByLabel("About")).toHaveValue(`integration:${key}`);
  await page.getByLabel("Slow").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("Slow");
  await callServer(request, "integrations.delete", { key });
  await page.reload();
  await card.getByRole("button", { name: "Change…" }).click();
  await expect(page.getByLabel("About").locator("option:checked")).toHaveText(`Codes of ${key} (deleted)`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText(`Codes of ${key} (deleted)`);
  await card.getByRole("button", { name: "Pause" }).click();
  await expect(card).toContainText("Paused by Local administrator");
  await card.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(card).toBeHidden();
  receiver.close();
});

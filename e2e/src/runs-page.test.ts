import { startJobCodes } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

test("the list shows a run that somebody else starts, without Refresh", async ({ page, request }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
  const name = `Started elsewhere ${Date.now()}`;
  await startJobCodes(request, name);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Completed");
});

test("the focus stays on its run when another one appears above it", async ({ page, request }) => {
  const [first, second] = [`First ${Date.now()}`, `Second ${Date.now()}`];
  await startJobCodes(request, first);
  await page.goto("/");
  const link = page.getByRole("link", { name: first });
  await link.focus();
  await startJobCodes(request, second);
  await expect(page.getByRole("row", { name: new RegExp(second) })).toContainText("Completed");
  await expect(link).toBeFocused();
});

test("a name without a space leaves the other columns in view", async ({ page, request }) => {
  const name = `${Date.now()}${"x".repeat(180)}`;
  await startJobCodes(request, name);
  await page.goto(`/?search=${name.slice(0, 30)}`);
  await expect(page.getByRole("cell", { name: "Completed" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("columnheader", { name: "Took" })).toBeInViewport({ ratio: 1 });
});

test("typing a search keeps what is typed and asks once", async ({ page, request }) => {
  const name = `Looked for ${Date.now()}`;
  await startJobCodes(request, name);
  await page.clock.install();
  await page.goto("/");
  await expect(page.getByRole("table")).toBeVisible();
  const asked = new Set<string>();
  page.on("request", (sent) => sent.url().includes("search") && asked.add(sent.url()));
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByLabel("Search by name").pressSequentially(name);
  expect(asked.size).toBe(0);
  await page.clock.resume();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByLabel("Search by name")).toHaveValue(name);
  expect(asked.size).toBe(1);
  await page.reload();
  await expect(page.getByLabel("Search by name")).toHaveValue(name);
});

test("the page says that the server is away, and catches up when it is back", async ({ page, request }) => {
  const changes = /\/trpc\/runs\.changes/;
  await page.route(changes, (route) => route.abort("connectionrefused"));
  await page.goto("/");
  const warning = page.getByText("The server does not answer.");
  await expect(warning).toBeVisible();
  const name = `While away ${Date.now()}`;
  await startJobCodes(request, name);
  await page.unroute(changes);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Completed");
  await expect(warning).toBeHidden();
});

test("a page out of sight lets go of the server, and catches up when it is seen again", async ({ page, request }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
  const see = (state: "hidden" | "visible") =>
    page.evaluate(`
      Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));`);
  await see("hidden");
  const name = `While hidden ${Date.now()}`;
  await startJobCodes(request, name);
  const connected = page.waitForRequest(/\/trpc\/runs\.changes/);
  await see("visible");
  await connected;
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Completed");
});

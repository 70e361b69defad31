import type { APIRequestContext, Page } from "@playwright/test";
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

const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("id\n1\n") };
const eachMinute = { kind: "cron", expression: "* * * * *", timeZone: "UTC", start: "2026-01-01T00:00" };

/** Applies an integration, and has it run each minute; gives the name of its schedule. */
async function runEachMinute(request: APIRequestContext, key: string): Promise<string> {
  await applyDefinition(request, people(key));
  const sourceFile = await sendFile(request, { name: "people.csv", text: "id\n1\n" });
  const name = `Often ${key}`;
  await callServer(request, "schedules.save", { name, integration: key, sourceFile, recurrence: eachMinute });
  return name;
}

const cardOf = (page: Page, name: string) =>
  page.getByRole("list", { name: "All schedules" }).getByRole("listitem").filter({ hasText: name });
const save = (page: Page) => page.getByRole("button", { name: "Save schedule" });

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
  const card = cardOf(page, name);
  await expect(card).toContainText("02:30 (Europe/Berlin)");
  await expect(card).toContainText("Next:");
  const planned = page.getByRole("row").filter({ hasText: name });
  await expect(planned).toContainText("Scheduled");
  await card.getByRole("button", { name: "Pause…" }).click();
  await page.getByLabel("Why").fill("Stocktaking until Monday");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(card).toContainText("Paused by Local administrator");
  await expect(card).toContainText("Stocktaking until Monday");
  await expect(planned).toContainText("Paused by Local administrator");
  await expect(planned).not.toContainText("Scheduled");
  await card.getByRole("button", { name: "Resume" }).click();
  await expect(card).toContainText("Next:");
  await planned.getByRole("button", { name: "Skip…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(planned.filter({ hasText: "Local administrator skipped it." })).toBeVisible();
  await expect(planned.filter({ hasText: /Scheduled/ })).toBeVisible();
  const answered = Promise.withResolvers<void>();
  await page.route("**/trpc/*schedules.occurrences*", async (route) => {
    await answered.promise;
    await route.continue();
  });
  await card.getByRole("link", { name: `Planned and past of ${name}` }).click();
  await expect(page.getByRole("heading", { name: `Planned and past of ${name}` })).toBeVisible();
  const old = page.locator("[inert]").filter({ hasText: name });
  await expect(old).toContainText("Skip…");
  answered.resolve();
  await expect(old).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Planned and past" }).getByRole("row")).toHaveCount(3);
  await page.unroute("**/trpc/*schedules.occurrences*");
  await page.getByRole("link", { name: "Show those of all schedules" }).click();
  await expect(page.getByRole("heading", { name: "Planned and past", exact: true })).toBeVisible();
  await callServer(request, "integrations.delete", { key });
  await page.reload();
  await expect(card).toContainText("deleted: what is planned will fail");
  await expect(planned.filter({ hasText: /Scheduled but Deleted/ })).toBeVisible();
  await page.getByRole("link", { name: `Edit ${name}` }).click();
  const deleted = page.getByText("It has been deleted, so that what is planned will fail.");
  await expect(deleted).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(deleted).toBeHidden();
  await page.goto("/schedules");
  await expect(card).not.toContainText("deleted");
  await card.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(card).toBeHidden();
  await expect(planned).toHaveCount(0);
});

test("a schedule is written with its clock change marked, is changed, and stands on the calendar", async ({
  page,
  request,
}) => {
  const key = `written-${Date.now()}`;
  const name = `Written ${key}`;
  await applyDefinition(request, people(key));
  await page.goto(`/run?integration=${key}`);
  await page.getByRole("link", { name: "Schedule", exact: true }).click();
  await expect(page.getByLabel("Runs")).toHaveValue(`integration:${key}`);
  await page.getByLabel("Time zone").fill("Europe/Berlin");
  await page.getByLabel("At", { exact: true }).fill("02:30");
  await page.getByLabel("Starts").fill("2031-03-27T00:00");
  const times = page.getByRole("table", { name: "Next times" });
  await expect(times.getByRole("row")).toHaveCount(11);
  await expect(times.getByRole("row").filter({ hasText: "30 Mar 2031" })).toContainText(
    "Moved by the clock change: the clocks skip 02:30",
  );
  await page.getByLabel("Every so many days").fill("0");
  await expect(page.getByText("Must be a whole number of days, 1 to 3660.")).toBeVisible();
  await expect(times).toBeHidden();
  await page.getByLabel("Every so many days").fill("1");
  await expect(times).toBeVisible();

  await save(page).click();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill(name);
  await page.locator("#source-file").setInputFiles(file);
  await save(page).click();
  await expect(page.getByText(`${name} is saved.`)).toBeVisible();
  const onCalendar = page.getByRole("region", { name: "The coming week" }).getByRole("link", { name });
  await expect(onCalendar).toHaveCount(0);

  await page.getByRole("link", { name: `Edit ${name}` }).click();
  await expect(page.getByText("people.csv as it was kept")).toBeVisible();
  await page.getByLabel("Runs").selectOption("Choose…");
  await expect(page.getByText("people.csv as it was kept")).toBeHidden();
  await page.getByLabel("Runs").selectOption({ value: `integration:${key}` });
  await expect(page.getByText("people.csv as it was kept")).toBeVisible();
  await expect(page.getByText("Not saved yet.")).toBeHidden();
  await page.getByLabel("Starts").fill("2026-01-01T00:00");
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.getByRole("link", { name: "Sets" }).click();
  await expect(page.getByLabel("Starts")).toHaveValue("2026-01-01T00:00");
  await save(page).click();
  // Today's time may be over.
  await expect.poll(() => onCalendar.count()).toBeGreaterThanOrEqual(6);
  await onCalendar.first().click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
});

test("what somebody else has saved meanwhile is told before it is written over, and nothing that was typed is lost", async ({
  page,
  request,
}) => {
  const key = `shared-${Date.now()}`;
  await applyDefinition(request, people(key));
  const sourceFile = await sendFile(request, { name: "people.csv", text: "id\n1\n" });
  const recurrence = { kind: "daily", every: 1, at: "06:00", timeZone: "UTC", start: "2026-01-01T00:00" };
  const schedule = { name: `Shared ${key}`, integration: key, sourceFile, recurrence };
  await callServer(request, "schedules.save", schedule);
  await page.goto("/schedules");
  await page.getByRole("link", { name: `Edit ${schedule.name}` }).click();
  await page.getByLabel("At", { exact: true }).fill("07:30");
  await callServer(request, "schedules.save", { ...schedule, schedule: schedule.name, overlap: "queue" });
  await save(page).click();
  await expect(page.getByText("Somebody has saved this schedule meanwhile.")).toBeVisible();
  await expect(page.getByText("Not saved. What is wrong is said above.")).toBeVisible();
  await expect(page.getByLabel("At", { exact: true })).toHaveValue("07:30");
  await save(page).click();
  await expect(cardOf(page, schedule.name)).toContainText("07:30 (UTC)");
});

test("while a file is sent nothing can be typed that would not be saved", async ({ page, request }) => {
  const key = `sent-${Date.now()}`;
  await applyDefinition(request, people(key));
  await page.goto(`/schedules/new?integration=${key}`);
  await page.getByLabel("Name").fill(`Sent ${key}`);
  await page.locator("#source-file").setInputFiles(file);
  const sent = Promise.withResolvers<void>();
  await page.route("**/files?*", async (route) => {
    await sent.promise;
    await route.fulfill({ status: 507, json: {} });
  });
  await page.getByLabel("Name").press("Enter");
  await expect(page.getByLabel("Name")).toBeDisabled();
  await expect(page.getByLabel("Time zone")).toBeDisabled();
  sent.resolve();
  await expect(page.getByText("Not saved. What is wrong is said above.")).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.unroute("**/files?*");
  await page.getByLabel("Name").press("Enter");
  await expect(page.getByText(`Sent ${key} is saved.`)).toBeVisible();
});

test("what the server finds wrong is told at its place, and a set is given one file for all of its steps", async ({
  page,
  request,
}) => {
  const key = `stepped-${Date.now()}`;
  const taken = await runEachMinute(request, key);
  const steps = `[{ integration: ${key}, key: first }, { integration: ${key}, key: second }]`;
  await callServer(request, "sets.applyDefinition", {
    yaml: `{ waybill: 1, kind: set, key: ${key}, name: Set of ${key}, steps: ${steps} }`,
  });
  await page.goto(`/sets/${key}`);
  await page.getByRole("link", { name: "Schedule", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Step 2/ })).toBeVisible();
  await page.getByLabel("Repeats").selectOption("weekly");
  await page.getByRole("checkbox", { name: "Monday" }).uncheck({ force: true });
  await expect(page.getByText("Must name at least one day of the week.")).toBeVisible();
  await page.getByRole("checkbox", { name: "Sunday" }).check({ force: true });
  await page.getByLabel("Name").fill(taken);
  await save(page).click();
  await expect(page.getByText("Choose a file for all steps, or one for each of them beneath.")).toBeVisible();
  await page.locator("#source-file").setInputFiles(file);
  await save(page).click();
  await expect(page.getByText(`There is already a schedule named "${taken}".`)).toBeVisible();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("Name").fill(`Weekly ${key}`);
  await save(page).click();
  await expect(cardOf(page, `Weekly ${key}`)).toContainText("Every week on Sunday at 06:00");
  await callServer(request, "schedules.delete", { schedule: taken });
});

test("a planned run whose integration is deleted fails with that reason and is deleted; restoring heals another", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const [lost, healed] = [`lost-${Date.now()}`, `healed-${Date.now()}`];
  const [lostName, healedName] = [await runEachMinute(request, lost), await runEachMinute(request, healed)];
  await callServer(request, "integrations.delete", { key: healed });
  await page.goto(`/run?integration=${lost}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const asked = page.getByRole("alertdialog");
  await expect(asked).toContainText(`It is run by the schedule ${lostName}, whose planned runs will fail.`);
  await asked.getByRole("button", { name: "Yes" }).click();
  await expect(page.getByText("This integration has been deleted")).toBeVisible();
  const planned = (name: string) =>
    page.getByRole("table", { name: "Planned runs" }).getByRole("row").filter({ hasText: name });
  await page.goto("/?status=scheduled_but_deleted");
  for (const name of [lostName, healedName]) {
    await expect(planned(name)).toContainText("Scheduled but Deleted");
    await expect(planned(name)).toHaveClass(/text-quiet/);
  }
  await page.goto(`/run?integration=${healed}`);
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("button", { name: "Delete" })).toBeVisible();
  await page.goto("/?status=scheduled_but_deleted");
  await expect(planned(lostName)).toBeVisible();
  await expect(planned(healedName)).toBeHidden();
  await page.getByLabel("Status").selectOption("Scheduled");
  await expect(planned(healedName)).toContainText("Scheduled");

  await page.goto("/schedules");
  await expect(cardOf(page, lostName)).toContainText("deleted: what is planned will fail");
  const occurrence = (name: string, state: string) =>
    page.getByRole("row").filter({ hasText: name }).filter({ hasText: state }).first();
  const untilItsMinute = { timeout: 75_000 };
  await expect(occurrence(lostName, "Failed")).toContainText("has been deleted", untilItsMinute);
  await expect(occurrence(healedName, "Completed")).toBeVisible(untilItsMinute);

  await page.goto("/");
  await planned(lostName).getByRole("button", { name: "Delete the schedule…" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(planned(lostName)).toBeHidden();
  await expect(planned(healedName)).toBeVisible();
  await callServer(request, "schedules.delete", { schedule: healedName });
});

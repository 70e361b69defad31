/// <reference lib="dom" />
import type { Page } from "@playwright/test";
import { applyDefinition, ask, startRun } from "./server-calls.ts";
import { expect, test } from "./signed-in.ts";

const records = 100_000;

const definition = `
waybill: 1
kind: integration
key: many-records
name: Many records
direction: import
source: { limits: { sourceBytesMax: 20000000 } }
fields:
  - { name: id, type: text, required: true, pattern: "^E[0-9]+$" }
  - { name: name, type: text, required: true, maxLength: 40 }
  - { name: wage, type: decimal, scale: 2, min: 0 }
  - { name: hired, type: date, format: yyyy-MM-dd, required: true }
recordKey: [id]
destination: { dataset: many_records }
onError: { stopAfterRejected: 1000000 }
`;

/** What was measured, in milliseconds. */
interface Figures {
  median: number;
  p95: number;
  worst: number;
}

test("scrolls over a hundred thousand rejected records, and checks what is typed", async ({ page, request }) => {
  test.setTimeout(120_000);
  await applyDefinition(request, definition);
  const rows = Array.from({ length: records }, (_, at) => `E${at},Name ${at},wrong,2020-01-01\n`);
  const name = `Many records ${Date.now()}`;
  const text = `id,name,wage,hired\n${rows.join("")}`;
  await startRun(request, { integration: "many-records", name, file: { name: "many.csv", text } });
  const status = async () => (await ask<{ status: string }>(request, "runs.get", { run: name })).status;
  await expect.poll(status, { timeout: 60_000 }).toBe("completed_with_errors");
  await page.goto(`/records?run=${encodeURIComponent(name)}`);
  const grid = page.getByRole("grid", { name: "Rejected records" });
  await expect(grid).toHaveAttribute("aria-rowcount", String(records + 1));

  const frames = await scrollFor(page, 3_000);
  await scroller(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(grid.getByRole("gridcell", { name: `E${records - 1}`, exact: true })).toBeVisible();
  await grid.getByRole("gridcell", { name: "wrong", exact: true }).last().click();
  await page.keyboard.press("F2");
  const checks = await typeFor(page, 100);
  process.stdout.write(`\n  a frame while scrolling over ${records} records: ${say(frames)}\n`);
  process.stdout.write(`  the check of an edit, with its drawing asked for: ${say(checks)}\n`);
});

/** What the grid scrolls in. */
const scroller = (page: Page) => page.getByRole("grid", { name: "Rejected records" }).locator("..");

/** The times between frames while the grid scrolls on by a few rows each. */
async function scrollFor(page: Page, milliseconds: number): Promise<Figures> {
  const times = await scroller(page).evaluate(
    (element, duration) =>
      new Promise<number[]>((resolve) => {
        const taken: number[] = [];
        const begun = performance.now();
        let last = begun;
        const step = (now: number) => {
          taken.push(now - last);
          last = now;
          element.scrollBy(0, 60);
          if (now - begun < duration) requestAnimationFrame(step);
          else resolve(taken.slice(1));
        };
        requestAnimationFrame(step);
      }),
    milliseconds,
  );
  return figuresOf(times);
}

/** How long the page takes for each of so many signs, from the event until it is checked and shown. */
async function typeFor(page: Page, signs: number): Promise<Figures> {
  const times = await page.getByRole("textbox", { name: "wage" }).evaluate((element, count) => {
    const input = element as HTMLInputElement;
    return Array.from({ length: count }, (_, at) => {
      const begun = performance.now();
      input.value = at % 2 === 0 ? `${at}` : `${at} wrong`;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return performance.now() - begun;
    });
  }, signs);
  return figuresOf(times);
}

function figuresOf(times: number[]): Figures {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

function say({ median, p95, worst }: Figures): string {
  return `median ${median.toFixed(1)} ms, 95 % within ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
}

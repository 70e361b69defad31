import { expect, test } from "@playwright/test";

test("whoever is not signed in is told how to get in, and sees nothing", async ({ page }) => {
  await page.goto(`${process.env.E2E_URL}/`);
  await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
  await expect(page.getByText("npx waybill sign-in")).toBeVisible();
});

test("a sign-in link works once", async ({ page, request, context }) => {
  const answer = await request.post(`${process.env.E2E_URL}/trpc/system.makeSignInLink`, {
    headers: { Authorization: `Bearer ${process.env.E2E_TOKEN}` },
    data: {},
  });
  const { result } = (await answer.json()) as { result: { data: { path: string } } };
  const link = `${process.env.E2E_URL}${result.data.path}`;
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
  await context.clearCookies();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This sign-in link cannot be used" })).toBeVisible();
});

import { test as base, expect } from "@playwright/test";

export { expect };

/** A test whose page is signed in by a one-time link, on the server that all tests share. */
export const test = base.extend<{ signedIn: undefined }>({
  baseURL: async ({ baseURL: _ }, use) => {
    await use(process.env.E2E_URL);
  },
  signedIn: [
    async ({ page, request }, use) => {
      const answer = await request.post("/trpc/system.makeSignInLink", {
        headers: { Authorization: `Bearer ${process.env.E2E_TOKEN}` },
        data: {},
      });
      const { result } = (await answer.json()) as { result: { data: { path: string } } };
      await page.goto(result.data.path);
      await use(undefined);
    },
    { auto: true },
  ],
});

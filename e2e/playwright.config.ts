import { defineConfig } from "@playwright/test";
import { findBrowser } from "./src/browser.ts";

export default defineConfig({
  testDir: "src",
  outputDir: "../test-results",
  globalSetup: "./src/start-server.ts",
  fullyParallel: true,
  workers: 2,
  reporter: [["list"], ["json", { outputFile: "../test-results/browser.json" }]],
  use: {
    launchOptions: await findBrowser(),
    locale: "en-GB",
    screenshot: "only-on-failure",
  },
});

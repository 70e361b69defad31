import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";
import chromium from "@sparticuz/chromium";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real Chromium: that of `CHROMIUM_PATH`, one that is installed, or else the one that came with the packages. */
export async function findBrowser(): Promise<LaunchOptions> {
  const installed = process.env.CHROMIUM_PATH ?? usualPlaces.find((place) => existsSync(place));
  if (installed) return { executablePath: installed, args: quiet };
  // It is meant for one page and one process; the tests open several, each of which may be closed alone.
  const args = chromium.args.filter((one) => one !== "--single-process" && one !== "--no-zygote");
  return { executablePath: await chromium.executablePath(), args: [...args, ...quiet] };
}

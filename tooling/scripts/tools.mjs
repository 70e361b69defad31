import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, stop } from "./workspace.mjs";

const gpg = { programs: ["gpg"], from: "gnupg" };
const zip = { programs: ["zip"], from: "zip" };

/** Programs that make and rewrite the files of the tests, and the browser they are seen in; each with its Debian package. */
export const testTools = [
  gpg,
  zip,
  { programs: ["7z"], from: "p7zip-full" },
  { programs: ["python3"], from: "python3-minimal" },
  { programs: ["curl"], from: "curl" },
  { programs: ["soffice"], from: "libreoffice-calc-nogui" },
  { programs: ["chromium", "chromium-browser", "google-chrome"], from: "chromium", optional: true },
];

/** Programs that make the files of the benchmark, and the one that Waybill is held against. */
export const benchTools = [gpg, zip, { programs: ["psql"], from: "postgresql-client", optional: true }];

/** Installs what is missing where that can be done without asking; elsewhere says what `command` needs. */
export async function ensureTools(wanted, command) {
  const missing = wanted.filter((tool) => !tool.programs.some(isThere));
  if (missing.length === 0) return;
  const names = missing.map((tool) => tool.from);
  if (process.getuid?.() === 0 && isThere("apt-get")) {
    process.stdout.write(`Installing ${names.join(", ")}...\n`);
    const options = { quiet: true, environment: { DEBIAN_FRONTEND: "noninteractive" } };
    await run("apt-get", ["update", "-qq"], options);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], options);
  }
  const needed = missing.filter((tool) => !tool.optional && !tool.programs.some(isThere));
  if (needed.length === 0) return;
  stop(`'${command}' needs ${needed.map((tool) => tool.from).join(", ")}. Install them, then run it again.`);
}

function isThere(program) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)) && works(program));
}

function works(program) {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

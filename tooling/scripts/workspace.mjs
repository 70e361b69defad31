import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The checkout. */
export const root = resolve(import.meta.dirname, "../..");

const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const bin = join(root, "node_modules", ".bin");
const parentMilliseconds = 500;
const stamp = join(root, "node_modules", ".waybill-installed");

/** Installs what the lockfile names, with nothing but npm; at once when that has been done. */
export async function install() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stdout.write("Installing (the first time takes a minute)...\n");
  const code = await run("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"], {
    quiet: true,
  });
  if (code !== 0) stop("The packages could not be installed. The lines above say why.");
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Runs a command with the workspace's own Node first on the PATH, and gives its exit code. A quiet one is heard when it fails. */
export async function run(command, parameters, { quiet = false, environment = {} } = {}) {
  const child = start(command, parameters, { stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit", environment });
  const said = [];
  child.stdout?.on("data", (chunk) => said.push(chunk));
  child.stderr?.on("data", (chunk) => said.push(chunk));
  const code = await ended(child);
  if (quiet && code !== 0) process.stdout.write(Buffer.concat(said));
  return code;
}

/** Starts a command with the workspace's own Node first on the PATH. */
export function start(command, parameters, { stdio = "inherit", environment = {} } = {}) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...environment };
  return spawn(command, parameters, {
    cwd: root,
    stdio,
    env: { ...env, PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
}

/** Says what to do, and ends this process as failed. */
export function stop(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** The exit code of a process, 1 when a signal ended it. */
export function ended(child) {
  return new Promise((resolveEnd, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolveEnd(code ?? 1));
  });
}

/**
 * The exit code of a process that stops when this one is told to. It stops at the first signal and does not mind the
 * others. npm tells a signal to its shell alone, which ends without a word: then it stops, too.
 */
export function endedTogether(child) {
  const parent = process.ppid;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const watch = setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, parentMilliseconds);
  return ended(child).finally(() => clearInterval(watch));
}

import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCodeOf } from "./error-code.ts";

/**
 * Keeps a home for this process alone until the function that it gives is called. What a process that is gone left
 * behind is taken over. Throws when another one holds the home.
 */
export async function lockHome(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "server.lock");
  const own = (await identityOf(process.pid)) ?? String(process.pid);
  while (!(await take(path, own))) {
    const holder = await readFile(path, "utf8").catch(() => null);
    if (holder === null) continue;
    const pid = Number.parseInt(holder, 10);
    if (pid > 0 && (await identityOf(pid)) === holder) throw held(folder, pid);
    await removeLeftover(path, holder);
  }
  return () => rm(path, { force: true });
}

/** Whether the lock was free. It appears whole, so that nobody reads half of it. */
async function take(path: string, own: string): Promise<boolean> {
  const prepared = `${path}.${randomUUID()}`;
  await writeFile(prepared, own, { mode: 0o600 });
  try {
    await link(prepared, path);
    return true;
  } catch (error) {
    if (errorCodeOf(error) !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(prepared);
  }
}

/** Names a process, and on Linux, by the time of its start, no later one that got its number. Null when it is gone. */
async function identityOf(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCodeOf(error) !== "EPERM") return null;
  }
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (status === null) return String(pid);
  const afterName = status.slice(status.lastIndexOf(")") + 2).split(" ");
  const [state, startedAt] = [afterName[0], afterName[19]];
  return state === "Z" ? null : `${pid} ${startedAt}`;
}

/** Another process may have done this, and taken the lock, since `holder` was read: then it gets its lock back. */
async function removeLeftover(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside);
}

function held(folder: string, pid: number): Error {
  return new Error(
    `Another Waybill is starting or running in WAYBILL_HOME ${folder} (process ${pid}). Stop it, or set WAYBILL_HOME to another folder.`,
  );
}

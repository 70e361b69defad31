import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Claims a cluster's folder for this process, until it is released or the process ends in whatever way. Throws when a
 * process that lives has claimed it.
 */
export async function claimFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = join(folder, "starter");
  const own = `${path}.${process.pid}`;
  await writeFile(own, await identify(process.pid));
  try {
    // A link appears with its content, and to one process only.
    while (!(await succeeds(link(own, path)))) {
      if (await lives(await readFile(path, "utf8"))) throw taken(folder);
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
  return { release: () => rm(path, { force: true }) };
}

async function succeeds(linked: Promise<void>): Promise<boolean> {
  try {
    await linked;
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function lives(starter: string): Promise<boolean> {
  const pid = Number.parseInt(starter, 10);
  return pid > 0 && isRunning(pid) && (await identify(pid)) === starter;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * A process by its number and, on Linux, its start: in a container the same numbers come again after each restart.
 * One that has ended and waits for its parent to notice is nobody.
 */
async function identify(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  return state === "Z" ? "" : [pid, startTicks].join(" ");
}

function taken(folder: string): Error {
  return new Error(`Waybill is already running, or starting, in ${folder}. Stop it first, or choose another folder.`);
}

import { readFile, writeFile } from "node:fs/promises";

/** What a process has in memory, in MiB. Null where the machine does not tell, as everywhere but on Linux. */
export interface ProcessMemory {
  now: number;
  peak: number;
}

/** Reads what a process has in memory, and the most that it ever had. */
export async function readMemory(pid: number): Promise<ProcessMemory | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => null);
  const now = mebibytesOf(status, "VmRSS");
  const peak = mebibytesOf(status, "VmHWM");
  return now === null || peak === null ? null : { now, peak };
}

/** Lets the peak of a process begin anew from what it has now. Does nothing where the machine does not allow it. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, "5").catch(() => undefined);
}

function mebibytesOf(status: string | null, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status ?? "");
  return found ? Number(found[1]) / 1_024 : null;
}

import { execFile } from "node:child_process";
import { mkdtemp, rmdir, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A folder on a disk of its own, which can be full. */
export interface SmallDisk {
  /** Leaves no room at all. */
  fill(): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  unmount(): Promise<void>;
}

/** Mounts a disk in memory at a folder; only what is on it takes memory. Throws where this user may not mount. */
export async function mountSmallDisk(folder: string, mebibytes: number): Promise<SmallDisk> {
  await run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=0755`, "waybill-faults", folder]);
  const resize = (size: string) => run("mount", ["-o", `remount,size=${size}`, folder]);
  return {
    async fill() {
      // What is written meanwhile makes the size too small, which the kernel refuses: then there is a new one to try.
      for (let attempt = 1; ; attempt++) {
        try {
          await resize(`${await usedBytes(folder)}`);
          return;
        } catch (error) {
          if (attempt === fillAttemptsMax) throw error;
        }
      }
    },
    async free() {
      await resize(`${mebibytes}m`);
    },
    async unmount() {
      await run("umount", ["--lazy", folder]);
    },
  };
}

/** Why no disk of one's own can be mounted here; null where it can. */
export async function whyNoSmallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-disk-"));
  try {
    await (await mountSmallDisk(folder, 1)).unmount();
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    return `no disk in memory can be mounted (${said})`;
  } finally {
    await rmdir(folder);
  }
}

const fillAttemptsMax = 20;

async function usedBytes(folder: string): Promise<number> {
  const { blocks, bfree, bsize } = await statfs(folder);
  return (blocks - bfree) * bsize;
}

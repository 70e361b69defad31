import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";

/** The folder of a world, and everything in it that has to be ended. */
export interface Premises {
  folder: string;
  /** Makes a folder, on a disk of its own where such are asked for; null where not. */
  room(name: string, mebibytes: number): Promise<SmallDisk | null>;
  /** The last thing given is done first; a fault in one does not keep the others from being done. */
  onClose(stop: () => unknown): void;
  /** Ends everything. The logs stay where they are wanted, and everything else is removed. */
  close(keepLogs: boolean): Promise<void>;
}

/** Makes the premises of a world in a folder that is there. */
export function premisesIn(folder: string, smallDisks: boolean): Premises {
  const stops: (() => unknown)[] = [];
  const rooms: string[] = [];
  return {
    folder,
    async room(name, mebibytes) {
      await mkdir(join(folder, name), { mode: 0o755 });
      rooms.push(join(folder, name));
      if (!smallDisks) return null;
      const disk = await mountSmallDisk(join(folder, name), mebibytes);
      stops.push(() => disk.unmount());
      return disk;
    },
    onClose: (stop) => stops.push(stop),
    async close(keepLogs) {
      await copyFile(join(folder, "postgres", "postgres.log"), join(folder, "postgres.log")).catch(() => undefined);
      for (const stop of stops.splice(0).reverse()) await end(stop);
      const gone = keepLogs ? rooms : [folder];
      for (const path of gone) await rm(path, { recursive: true, force: true });
    },
  };
}

async function end(stop: () => unknown): Promise<void> {
  try {
    await stop();
  } catch {
    // What is left of it goes with the folder.
  }
}

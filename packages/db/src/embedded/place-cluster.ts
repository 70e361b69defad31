import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Binaries, binariesIn } from "./binaries.ts";
import { exists } from "./exists.ts";
import { canReach, type ServerUser } from "./server-user.ts";

/** Where a cluster's data and its programs stand. */
export interface ClusterPlace {
  /** Belongs to the user that Postgres runs as, once it is made. */
  dataFolder: string;
  binaries: Binaries;
}

/** For a user that cannot reach the folder which was asked for, as below a home of root. */
const sharedFolder = "/var/lib/waybill";

/**
 * Chooses where the cluster of `folder` stands: in it, or, where Postgres's user cannot reach it, below
 * `/var/lib/waybill`, with a note in `folder` that says so. The programs are copied there for the same reason.
 */
export async function placeCluster(folder: string, binaries: Binaries, user: ServerUser | null): Promise<ClusterPlace> {
  if (!user) return { dataFolder: join(folder, "data"), binaries };
  const dataFolder = await chooseData(folder, user);
  return { dataFolder, binaries: canReach(user, binaries.folder) ? binaries : await copyBinaries(binaries) };
}

async function chooseData(folder: string, user: ServerUser): Promise<string> {
  const note = join(folder, "location");
  if (await exists(note)) return (await readFile(note, "utf8")).trim();
  if (canReach(user, folder)) return join(folder, "data");
  await openSharedFolder();
  const elsewhere = join(sharedFolder, `cluster-${randomUUID()}`);
  await writeFile(note, `${elsewhere}\n`);
  return elsewhere;
}

async function copyBinaries(binaries: Binaries): Promise<Binaries> {
  await openSharedFolder();
  const target = join(sharedFolder, `bin-${basename(dirname(dirname(dirname(dirname(binaries.folder)))))}`);
  if (await exists(target)) return binariesIn(target);
  const unfinished = `${target}.${process.pid}`;
  await cp(binaries.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true, force: true }));
  return binariesIn(target);
}

async function openSharedFolder(): Promise<void> {
  await mkdir(sharedFolder, { recursive: true });
  await chmod(sharedFolder, 0o755);
}

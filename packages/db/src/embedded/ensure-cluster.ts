import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chown, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { exists } from "./exists.ts";
import type { ClusterPlace } from "./place-cluster.ts";
import type { ServerUser } from "./server-user.ts";

const flags = ["--username=waybill", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"];
const collation = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"];

/** Makes the cluster where there is none yet. It appears when it is whole, however often this was broken off before. */
export async function ensureCluster(
  { dataFolder, binaries }: ClusterPlace,
  password: string,
  user: ServerUser | null,
): Promise<void> {
  if (await exists(join(dataFolder, "PG_VERSION"))) return;
  await removeUnfinished(dataFolder);
  const unfinished = `${dataFolder}${mark}${randomUUID()}`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) for (const path of [unfinished, passwordFile]) await chown(path, user.uid, user.gid);
  try {
    const places = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`];
    await promisify(execFile)(binaries.initdb, [...places, ...flags, ...collation], { cwd: "/", ...user });
    await rename(unfinished, dataFolder);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

const mark = ".unfinished-";

async function removeUnfinished(dataFolder: string): Promise<void> {
  const parent = dirname(dataFolder);
  const names = await readdir(parent).catch(() => []);
  const left = names.filter((name) => name.startsWith(`${basename(dataFolder)}${mark}`));
  for (const name of left) await rm(join(parent, name), { recursive: true, force: true });
}

import { execFileSync, spawnSync } from "node:child_process";

/** The user that Postgres runs as, when it may not be the current one. */
export interface ServerUser {
  uid: number;
  gid: number;
}

const userName = "postgres";

/** Postgres refuses to run as root: for root it is the user `postgres`, made where it is missing. Otherwise null. */
export function findServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  return lookUp() ?? makeUser();
}

/** Whether this user can reach a folder, through all the folders above it. */
export function canReach(user: ServerUser, folder: string): boolean {
  return spawnSync("test", ["-x", folder], { uid: user.uid, gid: user.gid }).status === 0;
}

function lookUp(): ServerUser | null {
  const found = spawnSync("id", [userName]);
  if (found.status !== 0) return null;
  const read = (flag: string) => Number(execFileSync("id", [flag, userName], { encoding: "utf8" }));
  return { uid: read("-u"), gid: read("-g") };
}

function makeUser(): ServerUser {
  const made = spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    userName,
  ]);
  const user = made.status === 0 ? lookUp() : null;
  if (user) return user;
  throw new Error(
    `Postgres does not run as root, and the user ${userName} could not be made. Start Waybill as another user, or set DATABASE_URL.`,
  );
}

import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCodeOf } from "./error-code.ts";
import { lockHome } from "./home-lock.ts";

/** What a server keeps outside its database, readable by its user alone. */
export interface Home {
  /** What tells it from the homes of the other processes of this Waybill. */
  id: string;
  /** 32 bytes; without it no sealed secret can be opened again. */
  masterKey: Uint8Array;
  /** The local administrator's. */
  token: string;
  postgresFolder: string;
  temporaryFolder: string;
  /** Lets another server have the folder. */
  close(): Promise<void>;
}

/** The size of the master key, and of the token before it is encoded. */
export const secretBytes = 32;
const usableToken = /^[\x21-\x7e]{32,}$/;

/** Root's Postgres runs as another user, who must get through to its own folder; the secrets are files of mode 0600. */
const folderMode = process.getuid?.() === 0 ? 0o711 : 0o700;

/**
 * Opens the folder for this process alone, made with fresh secrets on its first use. A master key that is given stands in
 * for the folder's, which is then neither read nor made. Throws when another process has the folder, or when it or a
 * secret in it cannot be used.
 */
export async function openHome(folder: string, givenKey: Uint8Array | null = null): Promise<Home> {
  let unlock = async () => {};
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    unlock = await lockHome(folder);
    return { ...(await read(folder, givenKey)), close: unlock };
  } catch (error) {
    await unlock();
    if (errorCodeOf(error) === null) throw error;
    const reason = error instanceof Error ? error.message : "";
    throw new Error(
      `WAYBILL_HOME ${folder} cannot be used (${reason}). Set WAYBILL_HOME to a folder that this user may write to.`,
    );
  }
}

async function read(folder: string, givenKey: Uint8Array | null): Promise<Omit<Home, "close">> {
  const temporaryFolder = join(folder, "tmp");
  await rm(temporaryFolder, { recursive: true, force: true });
  await mkdir(temporaryFolder, { mode: 0o700 });
  const masterKey = givenKey ?? (await keepMasterKey(join(folder, "master.key")));
  const token = await keepSecret(join(folder, "token"), "base64url");
  if (!usableToken.test(token)) {
    throw new Error(
      `${join(folder, "token")} does not hold a token: ${secretBytes} or more letters, digits and signs, without spaces. Delete it, and the next start makes a new one.`,
    );
  }
  const id = await keepSecret(join(folder, "id"), "base64url");
  return { id, masterKey, token, postgresFolder: join(folder, "postgres"), temporaryFolder };
}

async function keepMasterKey(path: string): Promise<Uint8Array> {
  const masterKey = Buffer.from(await keepSecret(path, "base64"), "base64");
  if (masterKey.length === secretBytes) return masterKey;
  throw new Error(
    `${path} does not hold ${secretBytes} bytes in base64. Put the right one back: secrets cannot be opened without it.`,
  );
}

async function keepSecret(path: string, encoding: "base64" | "base64url"): Promise<string> {
  try {
    await writeFile(path, `${randomBytes(secretBytes).toString(encoding)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (errorCodeOf(error) !== "EEXIST") throw error;
    await chmod(path, 0o600);
  }
  return (await readFile(path, "utf8")).trim();
}

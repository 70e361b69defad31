import { open, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "../bench/run-program.ts";
import type { Gpg } from "./gpg.ts";

const sessionKeyPackets = 10_000;

/** A zip, made by the real `zip`, that expands to so many bytes of nothing. */
export async function makeZipBomb(folder: string, expandedBytes: number): Promise<string> {
  const path = join(folder, "zip-bomb.zip");
  await withZeros(folder, expandedBytes, (zeros) => runProgram("zip", ["-q", "-j", path, zeros]));
  return path;
}

/** A message for a server, made by the real `gpg`, that expands to so many bytes of nothing. */
export async function makePgpBomb(folder: string, expandedBytes: number, gpg: Gpg, publicKey: string): Promise<string> {
  const path = join(folder, "pgp-bomb.pgp");
  const options = ["--compress-algo", "zlib", "--compress-level", "9"];
  await withZeros(folder, expandedBytes, (zeros) => gpg.encryptForServer(publicKey, zeros, path, options));
  return path;
}

/** A message for a server that offers its session key ten thousand times. */
export async function makeSessionKeyFlood(folder: string, gpg: Gpg, publicKey: string): Promise<string> {
  const path = join(folder, "session-keys.csv.pgp");
  const plain = join(folder, "plain.csv");
  await writeFile(plain, "code\nE00000001\n");
  await gpg.encryptForServer(publicKey, plain, path, []);
  const message = await readFile(path);
  // The first packet is a session key; gpg writes its length in one byte.
  const packet = message.subarray(0, 2 + (message[1] ?? 0));
  await writeFile(path, Buffer.concat([...Array.from({ length: sessionKeyPackets }, () => packet), message]));
  return path;
}

/** A file that is all holes: it takes no room, and every program reads zeros. */
async function withZeros(folder: string, bytes: number, use: (path: string) => Promise<unknown>): Promise<void> {
  const path = join(folder, "zeros.csv");
  await (await open(path, "w")).close();
  await truncate(path, bytes);
  await use(path);
  await rm(path);
}

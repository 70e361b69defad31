import { randomBytes } from "node:crypto";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { defaultFileLimits, limits } from "../limits.ts";
import { openFile } from "../testing/open-file.ts";
import { openGpg, temporaryFolder } from "../testing/real-tools.ts";
import { openSource } from "./open-source.ts";
import { sniffBytes } from "./sniff.ts";
import { spool } from "./spool.ts";

test.each([
  [0, 0],
  [1, 0],
  [limits.spoolMemoryBytesMax, 0],
  [limits.spoolMemoryBytesMax + 1, 1],
  [limits.spoolMemoryBytesMax * 3, 1],
])(
  "%i bytes come back whole and in part; %i files on disk hold them, not in clear, while they are kept",
  async (length, files) => {
    const folder = await temporaryFolder();
    const bytes = randomBytes(length);
    const spooled = await spool(inPieces(bytes), folder);
    const names = await readdir(folder);
    expect(names).toHaveLength(files);
    for (const name of names) {
      const kept = await readFile(join(folder, name));
      expect(kept.length).toBe(length);
      expect(kept.includes(bytes.subarray(0, 64))).toBe(false);
    }
    expect(spooled).toMatchObject({ bytes: length, head: bytes.subarray(0, sniffBytes) });
    expect(await buffer(spooled.read())).toEqual(bytes);
    expect(await buffer(spooled.readRange(7, 40))).toEqual(bytes.subarray(7, 40));
    await spooled.close();
    expect(await readdir(folder)).toEqual([]);
  },
);

test("a source whose bytes cannot be kept on disk is let go", async () => {
  let letGo = false;
  async function* source() {
    try {
      for (;;) yield randomBytes(limits.spoolMemoryBytesMax);
    } finally {
      letGo = true;
    }
  }
  await expect(spool(source(), join(await temporaryFolder(), "missing"))).rejects.toThrow("ENOENT");
  expect(letGo).toBe(true);
});

test.runIf(process.platform === "linux")("a source that was closed before its end is no longer open", async () => {
  const folder = await temporaryFolder();
  const opened = await openSource({
    name: "a.csv",
    read: async function* () {
      yield Buffer.alloc(800_000, "1,2\n");
    },
    encryption: "allowed",
    signature: "ignored",
    limits: defaultFileLimits,
    keys: async () => ({ private: [], public: [] }),
    now: new Date(),
    temporaryFolder: folder,
  });
  await opened.read()[Symbol.asyncIterator]().next();
  expect(await filesOpenIn(folder)).toHaveLength(1);
  await opened.close();
  expect(await filesOpenIn(folder)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test.runIf(process.platform === "linux")("a message that nobody here can read is no longer open", async () => {
  const folder = await temporaryFolder();
  const gpg = await openGpg();
  const other = await gpg.makeKey("Other <other@example.com>", "ed25519");
  const options = ["--compress-algo", "none", "--encrypt", "--recipient", other];
  const content = await gpg.write("1,2\n".repeat(200_000), options);
  await expect(openFile("a.csv.pgp", content, { temporaryFolder: folder })).rejects.toMatchObject({
    code: "pgp_key_missing",
  });
  expect(await filesOpenIn(folder)).toEqual([]);
});

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

/** The files of a folder that this process has open, also those that are removed. */
async function filesOpenIn(folder: string): Promise<string[]> {
  const descriptors = await readdir("/proc/self/fd");
  const paths = await Promise.all(descriptors.map((one) => readlink(`/proc/self/fd/${one}`).catch(() => "")));
  return paths.filter((path) => path.startsWith(folder));
}

import { readdir, readlink } from "node:fs/promises";
import { expect, test } from "vitest";
import { defaultFileLimits } from "../limits.ts";
import { openFile } from "../testing/open-file.ts";
import { openGpg, temporaryFolder } from "../testing/real-tools.ts";
import { openSource } from "./open-source.ts";

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

/** The files of a folder that this process has open, also those that are removed. */
async function filesOpenIn(folder: string): Promise<string[]> {
  const descriptors = await readdir("/proc/self/fd");
  const paths = await Promise.all(descriptors.map((one) => readlink(`/proc/self/fd/${one}`).catch(() => "")));
  return paths.filter((path) => path.startsWith(folder));
}

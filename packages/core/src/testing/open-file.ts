import { readdir } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { readKey, readPrivateKey } from "openpgp";
import { expect } from "vitest";
import { systemClock } from "../clock.ts";
import { type OpenedSource, openSource, type SourceToOpen } from "../file/open-source.ts";
import { defaultFileLimits } from "../limits.ts";
import { type Gpg, openGpg, temporaryFolder } from "./real-tools.ts";

/** Opens a file through all its layers and gives the text of its CSV; nothing of it remains on disk. */
export async function openFile(
  name: string,
  content: string | Uint8Array,
  options: Partial<SourceToOpen> = {},
): Promise<OpenedSource & { text: string }> {
  const folder = options.temporaryFolder ?? (await temporaryFolder());
  const opened = await openSource({
    name,
    read: () => pieces(Buffer.from(content)),
    encryption: "allowed",
    signature: "ignored",
    limits: defaultFileLimits,
    keys: async () => ({ private: [], public: [] }),
    now: systemClock.now(),
    ...options,
    temporaryFolder: folder,
  });
  const text = (await buffer(opened.read())).toString("utf8");
  await opened.close();
  expect(await readdir(folder)).toEqual([]);
  return { ...opened, text };
}

/** A GnuPG with one key, which Waybill has too, to open and to verify with. */
export async function oneKey(): Promise<{ gpg: Gpg; own: string; keys: SourceToOpen["keys"] }> {
  const gpg = await openGpg();
  const own = await gpg.makeKey("Waybill <waybill@example.com>", "ed25519");
  return { gpg, own, keys: await keysOf(gpg, own, own) };
}

/** The private key of `own` and the public one of `sender`. */
export async function keysOf(gpg: Gpg, own: string, sender: string): Promise<SourceToOpen["keys"]> {
  const keys = {
    private: [await readPrivateKey({ armoredKey: await gpg.exportPrivate(own) })],
    public: [await readKey({ armoredKey: await gpg.exportPublic(sender) })],
  };
  return async () => keys;
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { zipSync } from "fflate";
import { readKey, readPrivateKey } from "openpgp";
import { describe, expect, test } from "vitest";
import { defaultFileLimits } from "../limits.ts";
import { type Gpg, openGpg, pythonZip, temporaryFolder, zip } from "../testing/real-tools.ts";
import { openSource, type SourceToOpen } from "./open-source.ts";

const csv = "a,b\n1,2\n";
const mebibyte = 1024 * 1024;

describe("a csv", () => {
  test("of exactly 1 MiB is opened, one byte more is refused with the advice to compress", async () => {
    const text = "x".repeat(mebibyte);
    expect((await open("a.csv", text)).bytes).toBe(mebibyte);
    await expect(open("a.csv", `${text}x`)).rejects.toMatchObject({
      code: "file_too_large",
      message: expect.stringContaining("Compress it to a .zip"),
    });
  });

  test("that is empty is refused", async () => {
    await expect(open("a.csv", "")).rejects.toMatchObject({ code: "file_empty" });
  });

  test("with an unknown ending, or none, is refused", async () => {
    for (const name of ["a.txt", "a", "a.csv.exe"]) {
      await expect(open(name, csv)).rejects.toMatchObject({ code: "file_ending_unknown" });
    }
  });
});

describe("content decides", () => {
  test.each([
    ["a.csv", () => zip({ "a.csv": csv })],
    ["a.zip", async () => Buffer.from(csv)],
    ["a.pgp", async () => Buffer.from(csv)],
    ["a.gpg", () => zip({ "a.csv": csv })],
  ])("and %s with another content is refused, both named", async (name, content) => {
    await expect(open(name, await content())).rejects.toMatchObject({
      code: "file_ending_disagrees",
      message: expect.stringMatching(/ends in \.\w+, but its content is /),
    });
  });
});

describe("a zip", () => {
  test("made by zip is opened", async () => {
    const opened = await open("a.zip", await zip({ "people.csv": csv }));
    expect(opened).toMatchObject({ layers: ["zip", "csv"], csvName: "people.csv", text: csv });
  });

  test("may hold folders and what a Mac adds", async () => {
    const content = await pythonZip(
      'z.writestr("x/", ""); z.writestr("__MACOSX/._a.csv", "m"); z.writestr("x/.DS_Store", "d"); z.writestr("x/a.csv", "a,b\\n1,2\\n")',
    );
    expect((await open("a.zip", content)).text).toBe(csv);
  });

  test("with several data files lists them", async () => {
    await expect(open("a.zip", await zip({ "a.csv": csv, "b.csv": csv }))).rejects.toMatchObject({
      code: "zip_several_data_files",
      message: expect.stringContaining('"a.csv", "b.csv"'),
    });
  });

  test("with none is refused", async () => {
    await expect(open("a.zip", await pythonZip('z.writestr("x/", "")'))).rejects.toMatchObject({
      code: "zip_no_data_file",
    });
  });

  test("with a password is refused", async () => {
    const content = await zip({ "a.csv": csv }, ["-P", "secret"]);
    await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_encrypted" });
  });

  test.each(["../a.csv", "/etc/a.csv", "x/../../a.csv"])("whose path climbs (%s) is refused", async (path) => {
    const content = await pythonZip(`z.writestr(${JSON.stringify(path)}, "a,b\\n")`);
    await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_path_climbs" });
  });

  test("whose checksum is wrong, that is cut, or that lies about its size is refused", async () => {
    const good = await zip({ "a.csv": csv.repeat(50) }, ["-0"]);
    const flipped = Buffer.from(good);
    const at = flipped.indexOf("1,2");
    flipped[at] = 0x39;
    const lying = Buffer.from(zipSync({ "a.csv": [Buffer.from(csv.repeat(50)), { level: 6 }] }));
    const central = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(12, central + 24);
    for (const content of [flipped, good.subarray(0, good.length - 30), good.subarray(0, 60), lying]) {
      await expect(open("a.zip", content)).rejects.toMatchObject({ code: "zip_damaged" });
    }
  });

  test("that expands past the limit is refused, however little it claims", async () => {
    const limits = { ...defaultFileLimits, expandedBytesMax: 100_000 };
    const fits = await zip({ "a.csv": "x".repeat(100_000) });
    expect((await open("a.zip", fits, { limits })).bytes).toBe(100_000);
    const bomb = await zip({ "a.csv": "x".repeat(100_001) });
    await expect(open("a.zip", bomb, { limits })).rejects.toMatchObject({ code: "file_expands_too_far" });
  });

  test("in a zip in a zip is too deep", async () => {
    const inner = await zip({ "a.zip": await zip({ "a.csv": csv }) });
    expect((await open("a.zip", inner)).layers).toEqual(["zip", "zip", "csv"]);
    await expect(open("a.zip", await zip({ "a.zip": inner }))).rejects.toMatchObject({ code: "file_layers_too_deep" });
  });
});

describe("a PGP message by gpg", () => {
  test.each(["rsa2048", "ed25519"])(
    "for a key of %s is opened: armoured and binary, signed and not",
    async (algorithm) => {
      const gpg = await openGpg();
      const own = await gpg.makeKey("Waybill <waybill@example.com>", algorithm);
      const sender = await gpg.makeKey("Sender <sender@example.com>", algorithm);
      const keys = await keysOf(gpg, own, sender);
      for (const armour of [[], ["--armor"]]) {
        const plain = await gpg.write(csv, [...armour, "--encrypt", "--recipient", own]);
        expect(await open("a.csv.gpg", plain, { keys })).toMatchObject({
          layers: ["pgp", "csv"],
          csvName: "a.csv",
          signedBy: null,
          text: csv,
        });
        const signed = await gpg.write(csv, [
          ...armour,
          "--encrypt",
          "--sign",
          "--local-user",
          sender,
          "--recipient",
          own,
        ]);
        expect(await open("a.csv.pgp", signed, { keys, signature: "required" })).toMatchObject({
          text: csv,
          signedBy: { fingerprint: sender, userId: "Sender <sender@example.com>", verified: true },
        });
      }
    },
  );

  test("may hold a zip, and a zip may hold one", async () => {
    const { gpg, own, keys } = await oneKey();
    const outer = await gpg.write(await zip({ "a.csv": csv }), ["--encrypt", "--recipient", own]);
    expect(await open("a.zip.pgp", outer, { keys })).toMatchObject({ layers: ["pgp", "zip", "csv"], text: csv });
    const inner = await zip({ "a.csv.pgp": await gpg.write(csv, ["--encrypt", "--recipient", own]) });
    expect(await open("a.zip", inner, { keys })).toMatchObject({ layers: ["zip", "pgp", "csv"], text: csv });
  });

  test("that holds more than 1 MiB of csv is refused, a byte less is opened", async () => {
    const { gpg, own, keys } = await oneKey();
    const fits = await gpg.write("x".repeat(mebibyte), ["--encrypt", "--recipient", own]);
    expect((await open("a.csv.pgp", fits, { keys })).bytes).toBe(mebibyte);
    const large = await gpg.write("x".repeat(mebibyte + 1), ["--encrypt", "--recipient", own]);
    await expect(open("a.csv.pgp", large, { keys })).rejects.toMatchObject({ code: "file_too_large" });
  });

  test("for another key is refused, with the key's id", async () => {
    const { gpg, keys } = await oneKey();
    const other = await gpg.makeKey("Other <other@example.com>", "ed25519");
    const content = await gpg.write(csv, ["--encrypt", "--recipient", other]);
    await expect(open("a.pgp", content, { keys })).rejects.toMatchObject({
      code: "pgp_key_missing",
      message: expect.stringMatching(/[0-9A-F]{16}/),
    });
  });

  test("with a password alone is refused", async () => {
    const { gpg, keys } = await oneKey();
    const content = await gpg.write(csv, ["--symmetric"]);
    await expect(open("a.pgp", content, { keys })).rejects.toMatchObject({ code: "pgp_password_message" });
  });

  test("without integrity protection is refused", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, [
      "--rfc2440",
      "--disable-mdc",
      "--cipher-algo",
      "3DES",
      "--encrypt",
      "--recipient",
      own,
    ]);
    await expect(open("a.pgp", content, { keys })).rejects.toMatchObject({ code: "pgp_not_integrity_protected" });
  });

  test("that is cut or changed is refused, wherever", async () => {
    const { gpg, own, keys } = await oneKey();
    const random = createHash("sha512").update("seed").digest("hex").repeat(2_000);
    const good = await gpg.write(random, ["--encrypt", "--recipient", own, "--compress-algo", "none"]);
    for (const length of [good.length - 1, good.length - 40, Math.floor(good.length / 2), 200]) {
      await expect(open("a.pgp", good.subarray(0, length), { keys })).rejects.toMatchObject({ code: "pgp_damaged" });
    }
    const changed = Buffer.from(good);
    changed[Math.floor(good.length / 2)] = (changed[Math.floor(good.length / 2)] ?? 0) ^ 1;
    await expect(open("a.pgp", changed, { keys })).rejects.toMatchObject({ code: "pgp_damaged" });
  });

  test("with a thousand session keys is refused at once", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--encrypt", "--recipient", own]);
    const packet = content.subarray(0, 2 + (content[1] ?? 0));
    const many = (count: number) => Buffer.concat([...Array.from({ length: count }, () => packet), content]);
    expect((await open("a.pgp", many(19), { keys })).text).toBe(csv);
    for (const count of [20, 1_000]) {
      await expect(open("a.pgp", many(count), { keys })).rejects.toMatchObject({ code: "pgp_too_many_session_keys" });
    }
  });

  test("must be signed where the definition says so, by a key that is known", async () => {
    const { gpg, own, keys } = await oneKey();
    const unsigned = await gpg.write(csv, ["--encrypt", "--recipient", own]);
    await expect(open("a.pgp", unsigned, { keys, signature: "required" })).rejects.toMatchObject({
      code: "file_signature_required",
    });
    const stranger = await gpg.makeKey("Stranger <stranger@example.com>", "ed25519");
    const signed = await gpg.write(csv, ["--encrypt", "--sign", "--local-user", stranger, "--recipient", own]);
    await expect(open("a.pgp", signed, { keys, signature: "required" })).rejects.toMatchObject({
      code: "file_signature_invalid",
    });
    expect((await open("a.pgp", signed, { keys })).signedBy).toMatchObject({ verified: false, fingerprint: null });
  });

  test("is taken or not as the definition says about encryption", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--encrypt", "--recipient", own]);
    await expect(open("a.pgp", content, { keys, encryption: "none" })).rejects.toMatchObject({
      code: "file_encryption_refused",
    });
    await expect(open("a.csv", csv, { keys, encryption: "required" })).rejects.toMatchObject({
      code: "file_encryption_required",
    });
    expect((await open("a.pgp", content, { keys, encryption: "required" })).text).toBe(csv);
  });

  test("that is signed and not encrypted is read, and its signature with it", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--sign", "--local-user", own]);
    expect(await open("a.csv.pgp", content, { keys, signature: "required" })).toMatchObject({
      text: csv,
      signedBy: { verified: true },
    });
  });
});

test("nothing remains on disk of a source that was refused or closed, and nothing in clear while it is open", async () => {
  const folder = await temporaryFolder();
  await expect(open("a.zip", await zip({ "a.csv": csv, "b.csv": csv }), { temporaryFolder: folder })).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});

async function oneKey() {
  const gpg = await openGpg();
  const own = await gpg.makeKey("Waybill <waybill@example.com>", "ed25519");
  return { gpg, own, keys: await keysOf(gpg, own, own) };
}

async function keysOf(gpg: Gpg, own: string, sender: string): Promise<SourceToOpen["keys"]> {
  return {
    private: [await readPrivateKey({ armoredKey: await gpg.exportPrivate(own) })],
    public: [await readKey({ armoredKey: await gpg.exportPublic(sender) })],
  };
}

async function open(name: string, content: string | Uint8Array, options: Partial<SourceToOpen> = {}) {
  const folder = options.temporaryFolder ?? (await temporaryFolder());
  const opened = await openSource({
    name,
    read: () => pieces(Buffer.from(content)),
    encryption: "allowed",
    signature: "ignored",
    limits: defaultFileLimits,
    keys: { private: [], public: [] },
    ...options,
    temporaryFolder: folder,
  });
  const text = (await buffer(opened.read())).toString("utf8");
  await opened.close();
  expect(await readdir(folder)).toEqual([]);
  return { ...opened, text };
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

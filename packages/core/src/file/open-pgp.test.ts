import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keysOf, oneKey, openFile as open } from "../testing/open-file.ts";
import { openGpg, zip } from "../testing/real-tools.ts";

const csv = "a,b\n1,2\n";
const mebibyte = 1024 * 1024;

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

  test.each([
    ["compressed", ["--store", "--compress-algo", "zip"]],
    ["not compressed", ["--store", "--compress-level", "0"]],
  ])("that is neither encrypted nor signed (%s) is opened", async (_, options) => {
    const gpg = await openGpg();
    expect(await open("a.csv.pgp", await gpg.write(csv, options))).toMatchObject({ layers: ["pgp", "csv"], text: csv });
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

  test("followed by another one is refused, armoured or binary", async () => {
    const { gpg, own, keys } = await oneKey();
    for (const options of [[], ["--armor"]]) {
      const message = await gpg.write(csv, [...options, "--encrypt", "--recipient", own]);
      const content = Buffer.concat([message, message]);
      await expect(open("a.csv.pgp", content, { keys })).rejects.toMatchObject({ code: "pgp_damaged" });
    }
  });

  test("that is armoured ends at its end, wherever the bytes are cut", async () => {
    const { gpg, own, keys } = await oneKey();
    const long = csv.repeat(20_000);
    const options = ["--armor", "--compress-algo", "none", "--encrypt", "--recipient", own];
    const message = (await gpg.write(long, options)).toString();
    for (const text of [message, message.trimEnd(), `\n\n${message}\n\n \t`, message.replaceAll("\n", "\r\n")]) {
      expect((await open("a.csv.pgp", text, { keys })).text).toBe(long);
    }
    const cut = message.replace("-----END PGP MESSAGE-----\n", "");
    for (const text of [`${message}x`, message + message, cut + message, `${message}${" ".repeat(100_000)}x`]) {
      await expect(open("a.csv.pgp", text, { keys })).rejects.toMatchObject({
        code: "pgp_damaged",
        message:
          'The message "a.csv.pgp" holds something after its end. Send one message a file, and nothing else in it.',
      });
    }
  });

  test("for hidden recipients is opened when Waybill is one, and refused as for others when not", async () => {
    const { gpg, own, keys } = await oneKey();
    const other = await gpg.makeKey("Other <other@example.com>", "ed25519");
    const mine = await gpg.write(csv, ["--encrypt", "--hidden-recipient", other, "--hidden-recipient", own]);
    expect((await open("a.pgp", mine, { keys })).text).toBe(csv);
    const others = await gpg.write(csv, ["--encrypt", "--hidden-recipient", other]);
    await expect(open("a.pgp", others, { keys })).rejects.toMatchObject({
      code: "pgp_key_missing",
      message: expect.stringContaining("for hidden recipients, none of which Waybill has. Encrypt it for"),
    });
  });

  test.each(["TWOFISH", "CAMELLIA256", "IDEA", "BLOWFISH"])("by the cipher %s is refused for that", async (cipher) => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--cipher-algo", cipher, "--encrypt", "--recipient", own]);
    await expect(open("a.pgp", content, { keys })).rejects.toMatchObject({
      code: "pgp_cipher_unsupported",
      message: expect.stringContaining("Encrypt it with AES"),
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

  test.each([
    ["nothing", []],
    ["a marker", [0xc0 | 10, 3, 0x50, 0x47, 0x50]],
    ["padding", [0xc0 | 21, 1, 0]],
    ["a private packet", [0xc0 | 60, 1, 0]],
  ])("with a thousand session keys and %s between them is refused at once", async (_, between) => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--encrypt", "--recipient", own]);
    const packet = Buffer.concat([content.subarray(0, 2 + (content[1] ?? 0)), Buffer.from(between)]);
    const many = (count: number) => Buffer.concat([...Array.from({ length: count }, () => packet), content]);
    expect((await open("a.pgp", many(19), { keys })).text).toBe(csv);
    for (const message of [many(20), many(1_000), `\n\n${armour(many(1_000))}`]) {
      await expect(open("a.pgp", message, { keys })).rejects.toMatchObject({ code: "pgp_too_many_session_keys" });
    }
  });

  test("with more before its data than session keys need is refused", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--encrypt", "--recipient", own]);
    const dataAt = 2 + (content[1] ?? 0);
    const padded = (bytes: number) => {
      const header = Buffer.from([0xc0 | 21, 0xff, 0, 0, 0, 0]);
      header.writeUInt32BE(bytes, 2);
      return Buffer.concat([content.subarray(0, dataAt), header, Buffer.alloc(bytes), content.subarray(dataAt)]);
    };
    expect((await open("a.pgp", padded(90 * 1024), { keys })).text).toBe(csv);
    await expect(open("a.pgp", padded(100 * 1024), { keys })).rejects.toMatchObject({
      code: "pgp_too_many_session_keys",
    });
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
});

function armour(message: Buffer): string {
  const lines = message.toString("base64").replaceAll(/.{64}/g, "$&\n");
  return `-----BEGIN PGP MESSAGE-----\n\n${lines}\n-----END PGP MESSAGE-----\n`;
}

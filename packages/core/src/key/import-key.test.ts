import { generateKey as generatePgpKey } from "openpgp";
import { describe, expect, test } from "vitest";
import { openGpg } from "../testing/real-tools.ts";
import { runFile } from "../testing/run-file.ts";
import { namedPeople } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { importKey } from "./import-key.ts";
import { listKeys } from "./list-keys.ts";

describe("an imported key", () => {
  test("of gpg opens files, with the passphrase that it needs", async () => {
    const ctx = await openTestWaybill();
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Payroll <payroll@example.com>", "rsa2048");
    const key = await importKey(ctx, { armored: await gpg.exportPrivate(fingerprint) });
    expect(key).toMatchObject({
      fingerprint,
      hasPrivate: true,
      origin: "imported",
      algorithm: expect.stringContaining("rsa"),
    });
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    expect((await runFile(ctx, namedPeople, { name: "people.csv.pgp", content })).status).toBe("completed");
  });

  test("that is public becomes private when its private half comes", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Sender <sender@example.com>", "ed25519");
    expect(await importKey(ctx, { armored: await gpg.exportPublic(fingerprint) })).toMatchObject({ hasPrivate: false });
    expect(await importKey(ctx, { armored: await gpg.exportPrivate(fingerprint) })).toMatchObject({ hasPrivate: true });
    expect(await importKey(ctx, { armored: await gpg.exportPublic(fingerprint) })).toMatchObject({ hasPrivate: true });
    expect((await listKeys(ctx)).items).toHaveLength(1);
  });

  test.each(["brainpoolP256r1", "secp256k1"])("on the curve %s is refused, public or private", async (curve) => {
    const ctx = await openTestWaybill({ worker: false });
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Payroll <payroll@example.com>", curve);
    for (const armored of [await gpg.exportPublic(fingerprint), await gpg.exportPrivate(fingerprint)]) {
      await expect(importKey(ctx, { armored })).rejects.toMatchObject({
        code: "key_invalid",
        message: expect.stringMatching(new RegExp(`${fingerprint} is on the curve ${curve}.*Give a key of RSA`)),
      });
    }
  });

  test("with a subkey on a curve that is out of reach is refused for it", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Payroll <payroll@example.com>", "rsa2048");
    await gpg.addSubkey(fingerprint, "brainpoolP384r1");
    await expect(importKey(ctx, { armored: await gpg.exportPrivate(fingerprint) })).rejects.toMatchObject({
      code: "key_invalid",
    });
  });

  test.each(["nistp256", "nistp521"])("on the curve %s opens files", async (curve) => {
    const ctx = await openTestWaybill();
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Payroll <payroll@example.com>", curve);
    await gpg.addSubkey(fingerprint, curve);
    await importKey(ctx, { armored: await gpg.exportPrivate(fingerprint) });
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    expect((await runFile(ctx, namedPeople, { name: "people.csv.pgp", content })).status).toBe("completed");
  });

  test("that is locked needs its passphrase, and opens with no other", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const armored = await makeLockedKey("Locked", "open sesame");
    await expect(importKey(ctx, { armored })).rejects.toMatchObject({
      code: "key_passphrase_missing",
      message: expect.stringMatching(/ needs a passphrase\. Give it with --passphrase-stdin\.$/),
    });
    for (const passphrase of ["", "open barley"])
      await expect(importKey(ctx, { armored, passphrase })).rejects.toMatchObject({ code: "key_passphrase_wrong" });
    expect(await importKey(ctx, { armored, passphrase: "open sesame" })).toMatchObject({ hasPrivate: true });
  });

  test("shows no control character of its user's id", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const armored = await makeLockedKey("Bell\u0007 and \u001b[31mred", "x");
    expect((await importKey(ctx, { armored, passphrase: "x" })).userId).toBe("Bell\ufffd and \ufffd[31mred");
  });

  test("that is private and only signs is refused, and its public half is kept", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const gpg = await openGpg();
    const fingerprint = await gpg.makeKey("Signer <signer@example.com>", "nistp256");
    await expect(importKey(ctx, { armored: await gpg.exportPrivate(fingerprint) })).rejects.toMatchObject({
      code: "key_invalid",
      message: expect.stringContaining("no part that files can be encrypted for"),
    });
    expect(await importKey(ctx, { armored: await gpg.exportPublic(fingerprint) })).toMatchObject({ hasPrivate: false });
  });

  test("that is none is refused", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await expect(importKey(ctx, { armored: "hello" })).rejects.toMatchObject({ code: "key_invalid" });
    await expect(importKey(ctx, { base64: "aGVsbG8=" })).rejects.toMatchObject({ code: "key_invalid" });
  });
});

async function makeLockedKey(name: string, passphrase: string): Promise<string> {
  const { privateKey } = await generatePgpKey({ userIDs: [{ name }], passphrase, format: "armored" });
  return privateKey;
}

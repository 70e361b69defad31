import { generateKey as generatePgpKey } from "openpgp";
import { describe, expect, test } from "vitest";
import { openGpg } from "../testing/real-tools.ts";
import { runFile } from "../testing/run-file.ts";
import { fakeClock, openTestWaybill } from "../testing/test-services.ts";
import { exportKey } from "./export-key.ts";
import { ensureKey, generateKey, generateKeyInput, importKey } from "./keep-key.ts";
import { listKeys } from "./list-keys.ts";
import { openSecret, sealSecret } from "./seal-secret.ts";

const yaml = `waybill: 1
kind: integration
key: people
name: People
direction: import
fields:
  - { name: id, type: text, required: true }
  - { name: name, type: text, required: true }
recordKey: [id]
destination: { dataset: people }
`;

describe("the first key", () => {
  test("is made once; gpg encrypts for it, and the run opens what it wrote", async () => {
    const ctx = await openTestWaybill({ clock: fakeClock("2026-01-01T00:00:00.000Z") });
    await ensureKey(ctx);
    await ensureKey(ctx);
    expect((await listKeys(ctx)).items).toMatchObject([{ hasPrivate: true, origin: "generated", userId: "Waybill" }]);
    const gpg = await openGpg();
    const { fingerprint, armored } = await exportKey(ctx, {});
    await gpg.importKey(armored);
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    const run = await runFile(ctx, yaml, { name: "people.csv.gpg", content });
    expect(run).toMatchObject({ status: "completed", counts: { inserted: 1 }, files: [{ layers: ["pgp", "csv"] }] });
  });

  test("that was sealed with another master key is said so, and hinders no plain file", async () => {
    const ctx = await openTestWaybill();
    await ensureKey({ ...ctx, masterKey: Buffer.alloc(32), clock: fakeClock("2026-01-01T00:00:00.000Z") });
    expect((await runFile(ctx, yaml, { content: "id,name\n1,Ada\n" })).status).toBe("completed");
    const gpg = await openGpg();
    const { fingerprint, armored } = await exportKey(ctx, {});
    await gpg.importKey(armored);
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    const run = await runFile(ctx, yaml, { name: "people.csv.gpg", content });
    expect(run.failure).toMatchObject({ code: "master_key_wrong", message: expect.stringContaining("master.key") });
  });

  test("is never readable in the database", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await ensureKey(ctx);
    const { rows } = await ctx.database.pool.query(
      "select sealed_private_key as sealed, public_key from waybill.pgp_keys",
    );
    expect(rows[0].public_key).toContain("BEGIN PGP PUBLIC KEY");
    const opened = openSecret(ctx.masterKey, rows[0].sealed);
    expect(Buffer.compare(Buffer.from(opened), rows[0].sealed)).not.toBe(0);
    expect(() => openSecret(Buffer.alloc(32), rows[0].sealed)).toThrow();
  });
});

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
    expect((await runFile(ctx, yaml, { name: "people.csv.pgp", content })).status).toBe("completed");
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
    expect((await runFile(ctx, yaml, { name: "people.csv.pgp", content })).status).toBe("completed");
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

  test("that is none is refused", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await expect(importKey(ctx, { armored: "hello" })).rejects.toMatchObject({ code: "key_invalid" });
    await expect(importKey(ctx, { base64: "aGVsbG8=" })).rejects.toMatchObject({ code: "key_invalid" });
  });
});

test("another key is made, and the exported one is found by its fingerprint", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const key = await generateKey(ctx, { userId: "Second <second@example.com>" });
  expect(await exportKey(ctx, { key: key.fingerprint.slice(-16) })).toMatchObject({ fingerprint: key.fingerprint });
  await expect(exportKey(ctx, { key: "0000000000000000" })).rejects.toMatchObject({ code: "key_unknown" });
});

test("a user's id holds no control character", () => {
  expect(generateKeyInput.safeParse({ userId: "Zoë <zoe@example.com>" }).success).toBe(true);
  for (const userId of ["a\0b", "a\nb", "a\u001b[31mb", "a\u009bb"])
    expect(generateKeyInput.safeParse({ userId }).success).toBe(false);
});

test("a sealed secret opens with its key alone, and only unchanged", () => {
  const key = Buffer.alloc(32, 1);
  const sealed = Buffer.from(sealSecret(key, Buffer.from("hush")));
  expect(Buffer.from(openSecret(key, sealed)).toString()).toBe("hush");
  expect(() => openSecret(Buffer.alloc(32, 2), sealed)).toThrow();
  sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
  expect(() => openSecret(key, sealed)).toThrow();
});

async function makeLockedKey(name: string, passphrase: string): Promise<string> {
  const { privateKey } = await generatePgpKey({ userIDs: [{ name }], passphrase, format: "armored" });
  return privateKey;
}

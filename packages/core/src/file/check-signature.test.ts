import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { keysOf, oneKey, openFile as open } from "../testing/open-file.ts";
import { at } from "../testing/real-tools.ts";

const csv = "a,b\n1,2\n";
const signature = "required";

describe("a signature", () => {
  test("must be there where the definition says so, by a key that is known", async () => {
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

  test("of a message that is not encrypted is read too", async () => {
    const { gpg, own, keys } = await oneKey();
    const content = await gpg.write(csv, ["--sign", "--local-user", own]);
    expect(await open("a.csv.pgp", content, { keys, signature: "required" })).toMatchObject({
      text: csv,
      signedBy: { verified: true },
    });
  });

  test("by a clock that is a little ahead holds, and says what to do when it is more", async () => {
    const { gpg, own, keys } = await oneKey();
    const now = new Date();
    const ahead = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    const soon = await gpg.write(csv, [...at(ahead(limits.pgpClockSkewSeconds)), "--sign", "--local-user", own]);
    expect((await open("a.pgp", soon, { keys, signature, now })).signedBy).toMatchObject({ verified: true });
    const late = await gpg.write(csv, [...at(ahead(limits.pgpClockSkewSeconds + 60)), "--sign", "--local-user", own]);
    await expect(open("a.pgp", late, { keys, signature, now })).rejects.toMatchObject({
      code: "file_signature_invalid",
      message: expect.stringMatching(/creation time is in the future\). The sender's clock is ahead: set it right/),
    });
  });

  test("by a key that was renewed since holds", async () => {
    const { gpg, own, sender, signed } = await signedLastYear();
    await gpg.renewKey(sender);
    const renewed = await keysOf(gpg, own, sender);
    expect((await open("a.pgp", signed, { keys: renewed, signature })).signedBy).toMatchObject({
      verified: true,
      reason: null,
    });
  });

  test("by a key that was renewed and then revoked does not hold", async () => {
    const { gpg, own, sender, signed } = await signedLastYear();
    await gpg.renewKey(sender);
    await gpg.revokeKey(sender);
    const revoked = await keysOf(gpg, own, sender);
    await expect(open("a.pgp", signed, { keys: revoked, signature })).rejects.toMatchObject({
      code: "file_signature_invalid",
      message: expect.stringMatching(/revoked\). Sign the file again with a key that is valid/),
    });
  });

  test.each([
    ["rsa2048", "Insecure message hash algorithm: SHA1"],
    ["ed25519", "Hash algorithm too weak for EdDSA"],
  ])("made with SHA-1 by a key of %s says so", async (algorithm, reason) => {
    const { gpg, own } = await oneKey();
    const sender = await gpg.makeKey("Sender <sender@example.com>", algorithm);
    const signed = await gpg.write(csv, ["--digest-algo", "SHA1", "--sign", "--local-user", sender]);
    const keys = await keysOf(gpg, own, sender);
    await expect(open("a.pgp", signed, { keys, signature })).rejects.toMatchObject({
      code: "file_signature_invalid",
      message: expect.stringContaining(`does not hold (${reason}). Sign the file again with SHA-256`),
    });
    expect((await open("a.pgp", signed, { keys })).signedBy).toMatchObject({ verified: false, reason });
  });

  test.each(["rsa1024", "dsa1024"])("by a key of %s says that it is too weak", async (algorithm) => {
    const { gpg, own } = await oneKey();
    const weak = await gpg.makeKey("Weak <weak@example.com>", algorithm);
    const options = ["--encrypt", "--recipient", own, "--digest-algo", "SHA256", "--sign", "--local-user", weak];
    const signed = await gpg.write(csv, options);
    const keys = await keysOf(gpg, own, weak);
    await expect(open("a.pgp", signed, { keys, signature })).rejects.toMatchObject({
      code: "file_signature_invalid",
      message: expect.stringMatching(/too weak\)\. Sign the file again with an RSA key of at least 2048 bits/),
    });
  });

  test("that does not match what it signs says that the file was changed", async () => {
    const { gpg, own, keys } = await oneKey();
    const signed = await gpg.write(csv, ["--compress-algo", "none", "--sign", "--local-user", own]);
    signed[signed.indexOf("1,2")] = "9".charCodeAt(0);
    await expect(open("a.pgp", signed, { keys, signature })).rejects.toMatchObject({
      code: "file_signature_invalid",
      message: expect.stringMatching(/did not match\)\. The file was changed after it was signed/),
    });
  });
});

async function signedLastYear() {
  const { gpg, own } = await oneKey();
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const sender = await gpg.makeKey("Sender <sender@example.com>", "ed25519", daysAgo(400));
  const signed = await gpg.write(csv, [...at(daysAgo(300)), "--sign", "--local-user", sender]);
  return { gpg, own, sender, signed };
}

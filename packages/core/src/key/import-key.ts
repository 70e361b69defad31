import { decryptKey, type PrivateKey, type PublicKey, readKey } from "openpgp";
import { z } from "zod";
import type { Context } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { keepKey } from "./keep-key.ts";
import type { PgpKey } from "./pgp-key.ts";

const keyTextCharactersMax = 200_000;

export const importKeyInput = z.union(
  [
    z.strictObject({ armored: z.string().max(keyTextCharactersMax), passphrase: z.string().max(1_000).optional() }),
    z.strictObject({ base64: z.base64().max(keyTextCharactersMax), passphrase: z.string().max(1_000).optional() }),
  ],
  "must be { armored } or { base64 }, each with a passphrase or without",
);

/**
 * Keeps a public key, to verify signatures, or a private one, to open files too. A key that is known gains its private
 * half. Throws `key_invalid`, `key_passphrase_missing` or `key_passphrase_wrong`.
 */
export async function importKey(ctx: Context, input: z.output<typeof importKeyInput>): Promise<PgpKey> {
  const key = await readGivenKey(input);
  checkCurves(key);
  if (key.isPrivate()) await checkOpens(key);
  return await keepKey(ctx, key.isPrivate() ? await unlock(key, input.passphrase) : key, "imported");
}

async function readGivenKey(input: z.output<typeof importKeyInput>): Promise<PublicKey | PrivateKey> {
  try {
    if ("armored" in input) return await readKey({ armoredKey: input.armored });
    return await readKey({ binaryKey: new Uint8Array(Buffer.from(input.base64, "base64")) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unreadable";
    throw new WaybillError(
      "key_invalid",
      `This is not a PGP key (${reason}). Export it with 'gpg --armor --export' or 'gpg --export-secret-keys'.`,
    );
  }
}

/** OpenPGP.js computes on these curves only by a package that does not come with it. */
const curvesOutOfReach = /^(brainpool|secp256k1)/;

function checkCurves(key: PublicKey): void {
  const curves = key.getKeys().flatMap((part) => part.getAlgorithmInfo().curve ?? []);
  const curve = curves.find((one) => curvesOutOfReach.test(one));
  if (!curve) return;
  const message = `The key ${key.getFingerprint().toUpperCase()} is on the curve ${curve}, which Waybill cannot use. Give a key of RSA with at least 2048 bits, of Ed25519 with X25519, or on the curve NIST P-256, P-384 or P-521.`;
  throw new WaybillError("key_invalid", message);
}

/** A private key is there to open files, which takes a part that they can be encrypted for. */
async function checkOpens(key: PrivateKey): Promise<void> {
  try {
    await key.getEncryptionKey();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    const message = `The private key ${key.getFingerprint().toUpperCase()} has no part that files can be encrypted for (${reason}). Add one with 'gpg --quick-add-key FINGERPRINT rsa3072 encr', or import its public half to verify signatures.`;
    throw new WaybillError("key_invalid", message);
  }
}

async function unlock(key: PrivateKey, passphrase: string | undefined): Promise<PrivateKey> {
  if (key.isDecrypted()) return key;
  const named = `The private key ${key.getFingerprint().toUpperCase()}`;
  if (passphrase === undefined)
    throw new WaybillError("key_passphrase_missing", `${named} needs a passphrase. Give it with --passphrase-stdin.`);
  try {
    return await decryptKey({ privateKey: key, passphrase });
  } catch {
    throw new WaybillError("key_passphrase_wrong", `${named} was not unlocked by this passphrase. Check it.`);
  }
}

import { decryptKey, generateKey as generatePgpKey, type PrivateKey, type PublicKey, readKey } from "openpgp";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { WaybillError } from "../errors.ts";
import { type KeyOrigin, type PgpKey, type PgpKeyRow, pgpKeyColumns, toPgpKey } from "./pgp-key.ts";
import { sealSecret } from "./seal-secret.ts";

export const generateKeyInput = z.strictObject({
  userId: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, "must hold no control character"),
});

/** Makes a key pair, Ed25519 with X25519 in the form that GnuPG 2.1 and newer read. */
export async function generateKey(ctx: Context, input: z.output<typeof generateKeyInput>): Promise<PgpKey> {
  return await keep(ctx, await makeKeyPair(ctx, input.userId), "generated");
}

/** Makes the first key pair of a new Waybill; does nothing where there is a private key already. */
export async function ensureKey(services: Services): Promise<void> {
  const { rowCount } = await services.database.pool.query(
    "select from waybill.pgp_keys where sealed_private_key is not null limit 1",
  );
  if (rowCount === 0) await keep(services, await makeKeyPair(services, "Waybill"), "generated");
}

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
  return await keep(ctx, key.isPrivate() ? await unlock(key, input.passphrase) : key, "imported");
}

async function makeKeyPair(services: Services, userId: string): Promise<PrivateKey> {
  const { privateKey } = await generatePgpKey({
    type: "ecc",
    curve: "curve25519Legacy",
    userIDs: [{ name: userId }],
    date: services.clock.now(),
    format: "object",
  });
  return privateKey;
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

async function keep(services: Services, key: PublicKey | PrivateKey, origin: KeyOrigin): Promise<PgpKey> {
  const sealed = key.isPrivate() ? Buffer.from(sealSecret(services.masterKey, key.write() as Uint8Array)) : null;
  const { rows } = await services.database.pool.query<PgpKeyRow>(
    `insert into waybill.pgp_keys as known
       (id, fingerprint, user_id, algorithm, origin, public_key, sealed_private_key, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (fingerprint) do update set public_key = excluded.public_key, user_id = excluded.user_id,
       sealed_private_key = coalesce(excluded.sealed_private_key, known.sealed_private_key)
     returning ${pgpKeyColumns}`,
    [
      uuidv7(),
      key.getFingerprint().toUpperCase(),
      (key.getUserIDs()[0] ?? "").replaceAll(/\p{Cc}/gu, "\ufffd"),
      algorithmOf(key),
      origin,
      key.toPublic().armor(),
      sealed,
      services.clock.now(),
    ],
  );
  if (!rows[0]) throw new Error("The key was not kept.");
  return toPgpKey(rows[0]);
}

function algorithmOf(key: PublicKey): string {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  return [algorithm, bits, curve].filter((part) => part !== undefined).join(" ");
}

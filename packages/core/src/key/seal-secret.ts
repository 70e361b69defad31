import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { WaybillError } from "../errors.ts";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Seals bytes with the master key: a fresh nonce, the tag, then the ciphertext of AES-256-GCM. */
export function sealSecret(masterKey: Uint8Array, secret: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, masterKey, nonce);
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** What `sealSecret` sealed. Throws `master_key_wrong` when the master key is another one, or the bytes were changed. */
export function openSecret(masterKey: Uint8Array, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(algorithm, masterKey, sealed.subarray(0, nonceBytes));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    const message =
      "The secrets of this database were sealed with another master key than this server has. Put the master.key back that they were sealed with, start with the WAYBILL_HOME that holds it, or give its content in WAYBILL_MASTER_KEY.";
    throw new WaybillError("master_key_wrong", message);
  }
}

import {
  decryptSessionKeys,
  type MaybeStream,
  type Message,
  type PrivateKey,
  type SessionKey,
  SymmetricallyEncryptedDataPacket,
} from "openpgp";
import { WaybillError } from "../errors.ts";

/**
 * The session keys of an encrypted message, found with the private keys at hand. Throws `pgp_not_integrity_protected`,
 * `pgp_password_message`, `pgp_key_missing` or `pgp_cipher_unsupported`, and whatever OpenPGP.js throws when the message
 * is damaged.
 */
export async function findSessionKeys(
  name: string,
  message: Message<MaybeStream<Uint8Array>>,
  keys: PrivateKey[],
  date: Date,
): Promise<SessionKey[]> {
  const recipients = readRecipients(name, message, keys);
  try {
    // The types of OpenPGP.js do not say that it takes back what it gave.
    return (await decryptSessionKeys({ message, decryptionKeys: keys, date })) as SessionKey[];
  } catch (error) {
    if (isAboutCipher(error)) throw cipherUnsupported(name);
    if (!recipients.known) throw keyMissing(name, recipients.ids);
    throw error;
  }
}

interface Recipients {
  /** Whether one of them is a key at hand; one that is hidden shows only by trying. */
  known: boolean;
  /** In hexadecimal capitals. */
  ids: string[];
}

function readRecipients(name: string, message: Message<MaybeStream<Uint8Array>>, keys: PrivateKey[]): Recipients {
  if (message.packets.some((packet) => packet instanceof SymmetricallyEncryptedDataPacket)) {
    const fault = `The message ${JSON.stringify(name)} has no integrity protection, so nobody could tell if it was changed. Encrypt it with a current version of GnuPG or another OpenPGP program.`;
    throw new WaybillError("pgp_not_integrity_protected", fault);
  }
  const wanted = message.getEncryptionKeyIDs();
  if (wanted.length === 0) {
    const fault = `The message ${JSON.stringify(name)} is encrypted with a password alone. Encrypt it for Waybill's public key, which 'npx waybill keys export' gives.`;
    throw new WaybillError("pgp_password_message", fault);
  }
  const own = keys.flatMap((key) => key.getKeys().map((one) => one.getKeyID()));
  const known = wanted.some((id) => own.some((one) => one.equals(id)));
  const ids = wanted.map((id) => id.toHex().toUpperCase());
  if (!known && !ids.some(isHidden)) throw keyMissing(name, ids);
  return { known, ids };
}

function keyMissing(name: string, ids: string[]): WaybillError {
  const named = ids.filter((id) => !isHidden(id));
  const recipients = [...named, ...(named.length < ids.length ? ["hidden recipients"] : [])].join(", ");
  const message = `The message ${JSON.stringify(name)} is encrypted for ${recipients}, none of which Waybill has. Encrypt it for Waybill's public key ('npx waybill keys export'), or import that private key.`;
  return new WaybillError("pgp_key_missing", message, { keyIds: named });
}

function isHidden(id: string): boolean {
  return /^0+$/.test(id);
}

/** What OpenPGP.js says of a cipher that it does not know, cannot compute, or finds no reason to allow. */
function isAboutCipher(error: unknown): boolean {
  return error instanceof Error && /non-preferred symmetric|unsupported cipher|invalid enum value/i.test(error.message);
}

function cipherUnsupported(name: string): WaybillError {
  const message = `The message ${JSON.stringify(name)} is encrypted with a cipher that Waybill does not support, as Twofish, Camellia and IDEA are. Encrypt it with AES ('gpg --cipher-algo AES256').`;
  return new WaybillError("pgp_cipher_unsupported", message);
}

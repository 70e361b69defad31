import type { PublicKey } from "openpgp";

/** The signature found on a source file; `verified` only when a known public key confirmed it. */
export interface FileSignature {
  keyId: string;
  fingerprint: string | null;
  userId: string | null;
  verified: boolean;
  /** Why it is not verified, in the words of OpenPGP.js; null when it is. */
  reason: string | null;
}

/** A signature that a message carries, and what came of verifying it: true, or the reason why not. */
export interface FoundSignature {
  keyId: string;
  verified: Promise<true | Error>;
}

/** The best signature of a message: a verified one before another. Null when it has none. */
export async function judgeSignature(found: FoundSignature[], known: PublicKey[]): Promise<FileSignature | null> {
  let best: FileSignature | null = null;
  for (const { keyId, verified } of found) {
    const key = known.find((one) => one.getKeys().some((part) => part.getKeyID().toHex() === keyId));
    const verdict = await verified;
    const signature = {
      keyId: keyId.toUpperCase(),
      fingerprint: key?.getFingerprint().toUpperCase() ?? null,
      userId: key?.getUserIDs()[0] ?? null,
      verified: verdict === true,
      reason: verdict === true ? null : verdict.message.replace(/\.$/, ""),
    };
    if (!best || (signature.verified && !best.verified)) best = signature;
  }
  return best;
}

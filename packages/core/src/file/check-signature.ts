import { WaybillError } from "../errors.ts";
import type { FileSignature } from "./judge-signature.ts";

/** Checks that a file is signed by a key that is known and valid. Throws `file_signature_required` or `file_signature_invalid`. */
export function checkSignature(name: string, signedBy: FileSignature | null): void {
  if (!signedBy) {
    const message = `The file ${JSON.stringify(name)} is not signed, and this integration takes only signed files. Sign it.`;
    throw new WaybillError("file_signature_required", message);
  }
  if (signedBy.verified) return;
  const fault = signedBy.fingerprint
    ? `does not hold (${signedBy.reason}). ${remedyFor(signedBy.reason ?? "")}`
    : "is by a key that Waybill does not know. Import the sender's public key ('npx waybill keys import').";
  const message = `The signature of ${JSON.stringify(name)} (key ${signedBy.keyId}) ${fault}`;
  throw new WaybillError("file_signature_invalid", message);
}

const remedies: [reason: RegExp, remedy: string][] = [
  [/in the future/i, "The sender's clock is ahead: set it right and sign the file again."],
  [/hash algorithm/i, "Sign the file again with SHA-256 or SHA-512 ('gpg --digest-algo SHA256')."],
  [/too weak|is disabled/i, "Sign the file again with an RSA key of at least 2048 bits or an Ed25519 key."],
  [
    /revoked|expired|newer/i,
    "Sign the file again with a key that is valid; if it was renewed, import it again ('npx waybill keys import').",
  ],
];

function remedyFor(reason: string): string {
  const found = remedies.find(([about]) => about.test(reason));
  return found?.[1] ?? "The file was changed after it was signed. Sign it again.";
}

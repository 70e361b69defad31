import { readKey, readPrivateKey } from "openpgp";
import type { KeyRing } from "./key-ring.ts";
import type { OpenPgpKeys } from "./open-pgp.ts";

/** Reads the keys, so that messages can be opened with them. */
export async function readKeyRing(ring: KeyRing): Promise<OpenPgpKeys> {
  return {
    private: await Promise.all(ring.private.map((binaryKey) => readPrivateKey({ binaryKey }))),
    public: await Promise.all(ring.public.map((armoredKey) => readKey({ armoredKey }))),
  };
}

import { readKey, readPrivateKey } from "openpgp";
import type { Services } from "../context.ts";
import type { OpenPgpKeys } from "../file/open-pgp.ts";
import { openSecret } from "./seal-secret.ts";

/** All keys, the private ones opened with the master key. Throws `master_key_wrong`. */
export async function openKeyRing(services: Services): Promise<OpenPgpKeys> {
  const { rows } = await services.database.pool.query<{ public_key: string; sealed_private_key: Buffer | null }>(
    "select public_key, sealed_private_key from waybill.pgp_keys order by created_at, id",
  );
  const opened = rows.flatMap((row) =>
    row.sealed_private_key ? [openSecret(services.masterKey, row.sealed_private_key)] : [],
  );
  return {
    private: await Promise.all(opened.map((binaryKey) => readPrivateKey({ binaryKey: new Uint8Array(binaryKey) }))),
    public: await Promise.all(rows.map((row) => readKey({ armoredKey: row.public_key }))),
  };
}

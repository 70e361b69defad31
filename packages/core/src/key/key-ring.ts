import type { Services } from "../context.ts";
import type { KeyRing } from "../file/key-ring.ts";
import { openSecret } from "./seal-secret.ts";

/** All keys, the private ones opened with the master key. Throws `master_key_wrong`. */
export async function openKeyRing(services: Pick<Services, "database" | "masterKey">): Promise<KeyRing> {
  const { rows } = await services.database.pool.query<{ public_key: string; sealed_private_key: Buffer | null }>(
    "select public_key, sealed_private_key from waybill.pgp_keys order by created_at, id",
  );
  return {
    private: rows.flatMap(({ sealed_private_key: sealed }) =>
      sealed ? [new Uint8Array(openSecret(services.masterKey, sealed))] : [],
    ),
    public: rows.map((row) => row.public_key),
  };
}

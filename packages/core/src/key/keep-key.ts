import type { PrivateKey, PublicKey } from "openpgp";
import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Services } from "../context.ts";
import { type KeyOrigin, type PgpKey, type PgpKeyRow, pgpKeyColumns, toPgpKey } from "./pgp-key.ts";
import { sealSecret } from "./seal-secret.ts";

/**
 * Keeps a key, a private one sealed, in the caller's transaction where there is one. One that is known keeps its private
 * half, or gains it.
 */
export async function keepKey(
  services: Services,
  key: PublicKey | PrivateKey,
  origin: KeyOrigin,
  client: Pick<PoolClient, "query"> = services.database.pool,
): Promise<PgpKey> {
  const sealed = key.isPrivate() ? Buffer.from(sealSecret(services.masterKey, key.write() as Uint8Array)) : null;
  const { rows } = await client.query<PgpKeyRow>(
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

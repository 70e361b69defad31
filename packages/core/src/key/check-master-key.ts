import type { Services } from "../context.ts";
import { openSecret, sealSecret } from "./seal-secret.ts";

/** Proves that the master key is the one that this database was first used with. Throws `master_key_wrong`. */
export async function checkMasterKey({ database, masterKey }: Services): Promise<void> {
  const seal = Buffer.from(sealSecret(masterKey, Buffer.from("waybill")));
  await database.pool.query(
    "insert into waybill.master_key_seal (id, sealed) values (1, $1) on conflict (id) do nothing",
    [seal],
  );
  const { rows } = await database.pool.query<{ sealed: Buffer }>("select sealed from waybill.master_key_seal");
  for (const { sealed } of rows) openSecret(masterKey, sealed);
}

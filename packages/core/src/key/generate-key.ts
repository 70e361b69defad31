import { transaction } from "@waybill/db";
import { generateKey as generatePgpKey, type PrivateKey } from "openpgp";
import { z } from "zod";
import type { Context, Services } from "../context.ts";
import { keepKey } from "./keep-key.ts";
import type { PgpKey } from "./pgp-key.ts";

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
  return await keepKey(ctx, await makeKeyPair(ctx, input.userId), "generated");
}

const lockKey = 4_600_003;

/**
 * Makes the first key pair of a new Waybill; does nothing where there is a private key already. Processes that start
 * together take turns.
 */
export async function ensureKey(services: Services): Promise<void> {
  await transaction(services.database, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [lockKey]);
    const { rowCount } = await client.query(
      "select from waybill.pgp_keys where sealed_private_key is not null limit 1",
    );
    if (rowCount === 0) await keepKey(services, await makeKeyPair(services, "Waybill"), "generated", client);
  });
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

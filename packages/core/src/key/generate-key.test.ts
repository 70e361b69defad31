import { transaction } from "@waybill/db";
import { describe, expect, test, vi } from "vitest";
import { openGpg } from "../testing/real-tools.ts";
import { runFile } from "../testing/run-file.ts";
import { namedPeople } from "../testing/test-definition.ts";
import { fakeClock, openTestWaybill } from "../testing/test-services.ts";
import { exportKey } from "./export-key.ts";
import { ensureKey, generateKey, generateKeyInput } from "./generate-key.ts";
import { listKeys } from "./list-keys.ts";
import { openSecret } from "./seal-secret.ts";

describe("the first key", () => {
  test("is made once; gpg encrypts for it, and the run opens what it wrote", async () => {
    const ctx = await openTestWaybill({ clock: fakeClock("2026-01-01T00:00:00.000Z") });
    await ensureKey(ctx);
    await ensureKey(ctx);
    expect((await listKeys(ctx)).items).toMatchObject([{ hasPrivate: true, origin: "generated", userId: "Waybill" }]);
    const gpg = await openGpg();
    const { fingerprint, armored } = await exportKey(ctx, {});
    await gpg.importKey(armored);
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    const run = await runFile(ctx, namedPeople, { name: "people.csv.gpg", content });
    expect(run).toMatchObject({ status: "completed", counts: { inserted: 1 }, files: [{ layers: ["pgp", "csv"] }] });
  });

  test("is made once, however many start together", async () => {
    const ctx = await openTestWaybill({ worker: false });
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    const making = await transaction(ctx.database, async (client) => {
      await client.query("lock table waybill.pgp_keys in exclusive mode");
      const all = Promise.all([ensureKey(ctx), ensureKey(ctx), ensureKey(ctx)]);
      await vi.waitFor(async () => expect((await ctx.database.pool.query(waiting)).rowCount).toBe(3), 10_000);
      return { all };
    });
    await making.all;
    expect((await listKeys(ctx)).items).toHaveLength(1);
  });

  test("that was sealed with another master key is said so, and hinders no plain file", async () => {
    const ctx = await openTestWaybill();
    await ensureKey({ ...ctx, masterKey: Buffer.alloc(32), clock: fakeClock("2026-01-01T00:00:00.000Z") });
    expect((await runFile(ctx, namedPeople, { content: "id,name\n1,Ada\n" })).status).toBe("completed");
    const gpg = await openGpg();
    const { fingerprint, armored } = await exportKey(ctx, {});
    await gpg.importKey(armored);
    const content = await gpg.write("id,name\n1,Ada\n", ["--encrypt", "--recipient", fingerprint]);
    const run = await runFile(ctx, namedPeople, { name: "people.csv.gpg", content });
    expect(run.failure).toMatchObject({ code: "master_key_wrong", message: expect.stringContaining("master.key") });
  });

  test("is never readable in the database", async () => {
    const ctx = await openTestWaybill({ worker: false });
    await ensureKey(ctx);
    const { rows } = await ctx.database.pool.query(
      "select sealed_private_key as sealed, public_key from waybill.pgp_keys",
    );
    expect(rows[0].public_key).toContain("BEGIN PGP PUBLIC KEY");
    const opened = openSecret(ctx.masterKey, rows[0].sealed);
    expect(Buffer.compare(Buffer.from(opened), rows[0].sealed)).not.toBe(0);
    expect(() => openSecret(Buffer.alloc(32), rows[0].sealed)).toThrow();
  });
});

test("another key is made, and the exported one is found by its fingerprint", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const key = await generateKey(ctx, { userId: "Second <second@example.com>" });
  expect(await exportKey(ctx, { key: key.fingerprint.slice(-16) })).toMatchObject({ fingerprint: key.fingerprint });
  await expect(exportKey(ctx, { key: "0000000000000000" })).rejects.toMatchObject({ code: "key_unknown" });
});

test("a user's id holds no control character", () => {
  expect(generateKeyInput.safeParse({ userId: "Zoë <zoe@example.com>" }).success).toBe(true);
  for (const userId of ["a\0b", "a\nb", "a\u001b[31mb", "a\u009bb"])
    expect(generateKeyInput.safeParse({ userId }).success).toBe(false);
});

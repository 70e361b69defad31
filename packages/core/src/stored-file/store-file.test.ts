import { transaction } from "@waybill/db";
import { afterEach, expect, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { ceilingFileLimits, limits } from "../limits.ts";
import { purgeOnce } from "../retention/purge-once.ts";
import type { Retention } from "../retention/retention.ts";
import { sweepChunks } from "../retention/sweep-chunks.ts";
import { untilBackend } from "../testing/interrupt-runs.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { storeFile } from "./store-file.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("an upload that falls silent is given up, says what to do, and nothing of it is kept", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const asked = Promise.withResolvers<void>();
  async function* fallingSilent() {
    yield Buffer.alloc(limits.storedChunkBytes * 2);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    asked.resolve();
    await new Promise(() => undefined);
  }
  const storing = storeFile(ctx, { name: "a.csv", bytes: fallingSilent() });
  const refused = expect(storing).rejects.toMatchObject({
    code: "upload_silent",
    message: expect.stringContaining("send the file again"),
  });
  await asked.promise;
  vi.advanceTimersByTime(limits.uploadSilenceSecondsMax * 1_000);
  vi.useRealTimers();
  await refused;
  expect(await countChunks(ctx)).toBe(0);
});

test("a csv is kept up to the most that a run may read, and no further", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const most = ceilingFileLimits.sourceBytesMax;
  const stored = await storeFile(ctx, { name: "a.csv", bytes: zeros(most) });
  expect(stored.bytes).toBe(most);
  const chunks = await countChunks(ctx);
  await expect(storeFile(ctx, { name: "b.csv", bytes: zeros(most + 1) })).rejects.toMatchObject({
    code: "file_too_large",
    message: expect.stringContaining("Compress it to a .zip."),
    details: { bytesMax: most },
  });
  expect(await countChunks(ctx)).toBe(chunks);
  expect((await storeFile(ctx, { name: "b.csv.gpg", bytes: zeros(most + 1) })).bytes).toBe(most + 1);
});

test("an upload that lost its beginning to the purge is refused, and nothing of it is kept", async () => {
  const ctx = await openTestWaybill({ worker: false });
  async function* tooSlow() {
    yield Buffer.alloc(limits.storedChunkBytes * 2);
    ctx.clock.set(new Date(Date.now() + 2 * 24 * 60 * 60 * 1_000).toISOString());
    expect(await purgeOnce(ctx, forever)).toEqual({ fileChunks: 2 });
    yield Buffer.alloc(1);
  }
  await expect(storeFile(ctx, { name: "a.csv", bytes: tooSlow() })).rejects.toMatchObject({
    code: "upload_too_slow",
    message: expect.stringContaining("Send the file again"),
  });
  expect(await countChunks(ctx)).toBe(0);
  expect((await ctx.database.pool.query("select from waybill.stored_files")).rowCount).toBe(0);
});

test("an upload that loses its beginning at the moment that it ends is refused too", async () => {
  const ctx = await openTestWaybill({ worker: false });
  let swept = (): void => undefined;
  let sweeping: Promise<void> | undefined;
  async function* tooSlow() {
    yield Buffer.alloc(limits.storedChunkBytes * 2);
    const held = Promise.withResolvers<void>();
    swept = held.resolve;
    const begun = Promise.withResolvers<void>();
    sweeping = transaction(ctx.database, async (client) => {
      const inTwoDays = new Date(Date.now() + 2 * 24 * 60 * 60 * 1_000);
      const batch = { runs: 1, rows: 1, files: 1, chunks: 10, chunksLookedAt: 10 };
      expect(await sweepChunks(inTwoDays, batch)(client)).toEqual({ last: false, removed: { fileChunks: 2 } });
      begun.resolve();
      await held.promise;
    });
    await begun.promise;
  }
  const stored = storeFile(ctx, { name: "a.csv", bytes: tooSlow() }).catch((error: unknown) => error);
  await Promise.race([stored, untilBackend(ctx, "wait_event_type = 'Lock'")]);
  swept();
  await sweeping;
  expect(await stored).toMatchObject({ code: "upload_too_slow" });
});

const forever: Retention = { runsDays: null, filesDays: null, rejectedDays: null, logsDays: null };

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(limits.storedChunkBytes);
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece.subarray(0, bytes - sent);
}

async function countChunks(ctx: Context): Promise<number> {
  const { rows } = await ctx.database.pool.query("select count(*)::int as count from waybill.stored_file_chunks");
  return rows[0].count;
}

import { afterEach, expect, test, vi } from "vitest";
import type { Context } from "../context.ts";
import { limits } from "../limits.ts";
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

async function countChunks(ctx: Context): Promise<number> {
  const { rows } = await ctx.database.pool.query("select count(*)::int as count from waybill.stored_file_chunks");
  return rows[0].count;
}

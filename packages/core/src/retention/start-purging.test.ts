import { expect, test } from "vitest";
import type { Log } from "../context.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { startPurging } from "./start-purging.ts";

const keep = { runsDays: 1, filesDays: 1, rejectedDays: 1, logsDays: 1 };

test("purging begins with the server, says what it took, and may be stopped twice", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await ctx.database.pool.query(
    "insert into waybill.credentials values ('x', 'link', 'somebody', $1, $1), ('y', 'token', 'somebody', $1, null)",
    [ctx.clock.now()],
  );
  const told = Promise.withResolvers<unknown>();
  const log: Log = { info: (fields) => told.resolve(fields), error: (fields) => told.reject(fields.err) };
  const purging = startPurging({ ...ctx, log }, keep);
  expect(await told.promise).toEqual({ expiredCredentials: 1 });
  await Promise.all([purging.stop(), purging.stop()]);
});

test("a purge that fails is told of, and ends nothing", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await ctx.database.pool.query("alter table waybill.credentials rename to away");
  const told = Promise.withResolvers<string>();
  const log: Log = { info: (_, message) => told.resolve(message), error: (_, message) => told.resolve(message) };
  const purging = startPurging({ ...ctx, log }, keep);
  expect(await told.promise).toContain("interrupted");
  await purging.stop();
});

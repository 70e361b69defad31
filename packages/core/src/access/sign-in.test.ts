import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { allowToken, findActor, localAdministrator, makeSignInLink, useSignInLink } from "./sign-in.ts";

test("a token that was replaced opens nothing any more, and sessions go on", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await allowToken(ctx, "the first token", "here");
  await allowToken(ctx, "a token of another home", "there");
  const session = await useSignInLink(ctx, await makeSignInLink(ctx));
  await allowToken(ctx, "the second token", "here");
  await allowToken(ctx, "the second token", "here");
  expect(await findActor(ctx, "token", "the first token")).toBeNull();
  expect(await findActor(ctx, "token", "the second token")).toEqual(localAdministrator);
  expect(await findActor(ctx, "token", "a token of another home")).toEqual(localAdministrator);
  expect(await findActor(ctx, "session", session ?? "")).toEqual(localAdministrator);
});

test("a token from before homes were told apart becomes that of the home that has it", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await allowToken(ctx, "an old token", "here");
  await ctx.database.pool.query("update waybill.credentials set home = null");
  await allowToken(ctx, "an old token", "here");
  await allowToken(ctx, "a token of another home", "there");
  expect(await findActor(ctx, "token", "an old token")).toEqual(localAdministrator);
});

test("links and sessions that are too old are gone when a link is made", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await allowToken(ctx, "a token", "here");
  ctx.clock.set("2026-01-01T00:00:00.000Z");
  await useSignInLink(ctx, await makeSignInLink(ctx));
  await makeSignInLink(ctx);
  ctx.clock.set("2026-01-20T00:00:00.000Z");
  await makeSignInLink(ctx);
  expect(await kinds(ctx)).toEqual(["link", "session", "token"]);
  ctx.clock.set("2026-02-20T00:00:00.000Z");
  await makeSignInLink(ctx);
  expect(await kinds(ctx)).toEqual(["link", "token"]);
});

async function kinds(ctx: Context): Promise<string[]> {
  const { rows } = await ctx.database.pool.query("select kind from waybill.credentials order by kind");
  return rows.map((row) => row.kind);
}

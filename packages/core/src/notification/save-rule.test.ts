import { expect, test } from "vitest";
import { z } from "zod";
import type { Context } from "../context.ts";
import { applyIntegration } from "../integration/apply-integration.ts";
import { purgeOnce } from "../retention/purge-once.ts";
import { testDefinition } from "../testing/test-definition.ts";
import { openTestWaybill } from "../testing/test-services.ts";
import { receiverSecret } from "../testing/webhook-receiver.ts";
import { deleteRule, pauseRule, resumeRule } from "./change-rule.ts";
import { listDeliveries, listDeliveriesInput, redeliver } from "./deliveries.ts";
import { getRule, listRules, listRulesInput } from "./read-rules.ts";
import { saveRule, saveRuleInput } from "./save-rule.ts";

const webhook = { url: "https://chat.example.com/hooks/1" };

test("a secret is made and shown once, kept sealed, and stays where a change names none", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const saved = await save(ctx, {});
  expect(saved.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(Object.keys(await getRule(ctx, { rule: saved.id }))).not.toContain("secret");
  const sealed = async () =>
    (await ctx.database.pool.query("select sealed_secret from waybill.notification_rules")).rows;
  const before = await sealed();
  expect(JSON.stringify(before)).not.toContain(saved.secret);
  expect(await save(ctx, { rule: "Night shift", name: "Day shift", events: ["slow"] })).toMatchObject({
    id: saved.id,
    name: "Day shift",
    secret: null,
  });
  expect(await sealed()).toEqual(before);
  const given = await save(ctx, { rule: "Day shift", webhook: { ...webhook, secret: receiverSecret } });
  expect(given.secret).toBe(receiverSecret);
  expect(await sealed()).not.toEqual(before);
  await deleteRule(ctx, { rule: saved.id });
  expect((await listRules(ctx, listRulesInput.parse({}))).items).toEqual([]);
});

test.each([
  [{ events: ["exploded"] }, "is none of the events: failed, completed_with_errors", "events[0]"],
  [{ events: [] }, "Name at least one event", "events"],
  [{ name: " " }, "Give the notification rule a name", "name"],
  [{ webhook: { url: "example.com" } }, "must be an address that begins with https://", "webhook.url"],
  [{ webhook: { url: "ftp://example.com" } }, "must be an address that begins with https://", "webhook.url"],
  [{ webhook: { url: "https://ada:secret@example.com" } }, "must hold no user name or password", "webhook.url"],
  [{ webhook: { ...webhook, secret: "secret" } }, "must be whsec_ followed by 24 to 64 bytes", "webhook.secret"],
  [
    { webhook: { ...webhook, secret: "whsec_c2hvcnQ=" } },
    "must be whsec_ followed by 24 to 64 bytes",
    "webhook.secret",
  ],
  [{ email: { addresses: ["ada"] } }, "is no e-mail address", "email.addresses[0]"],
  [{ email: { addresses: [] } }, "Name at least one address", "email.addresses"],
  [{ notStartedMinutes: 0 }, "expected number to be >=1", "notStartedMinutes"],
  [{ slowTimes: 1 }, "expected number to be >=1.1", "slowTimes"],
])("%j is refused with its place", (more, message, place) => {
  const read = saveRuleInput.safeParse({ name: "Night shift", events: ["failed"], webhook, ...more });
  const said = read.success ? "" : z.prettifyError(read.error);
  expect(said).toContain(message);
  expect(said).toContain(`at ${place}`);
});

test("a rule that contradicts itself, or names what there is none of, is refused", async () => {
  const ctx = await openTestWaybill({ worker: false });
  await applyIntegration(ctx, { yaml: testDefinition() });
  const email = { addresses: ["ada@example.com"] };
  await save(ctx, {});
  const refused = async (more: object) => await save(ctx, more).catch(({ code, message }) => `${code}: ${message}`);
  expect(await refused({})).toContain(
    'notification_name_taken: There is already a notification rule named "Night shift"',
  );
  expect(await refused({ name: "B", integration: "nobody" })).toContain("integration_unknown");
  expect(await refused({ name: "B", set: "nobody" })).toContain("set_unknown");
  expect(await refused({ name: "B", schedule: "nobody" })).toContain("schedule_unknown");
  expect(await refused({ name: "B", rule: "nobody" })).toContain("notification_unknown");
  expect(await refused({ name: "B", integration: "people", set: "x" })).toContain("Name an integration, a set or");
  expect(await refused({ name: "B", email })).toContain("webhook: Name a webhook or e-mail addresses, and not both");
  expect(await refused({ name: "B", webhook: undefined })).toContain("webhook: Name a webhook or e-mail");
  const mail = await refused({ name: "B", webhook: undefined, email });
  expect(mail).toContain("email: This server sends no e-mail. Start it, and each worker, with WAYBILL_SMTP_URL");
  const able = { ...ctx, mail: { smtpUrl: "smtp://127.0.0.1:1", from: "waybill@example.com" } };
  expect(await save(able, { name: "B", integration: "people", webhook: undefined, email })).toMatchObject({
    target: { kind: "integration", key: "people", deleted: false },
    channel: "email",
    secret: null,
  });
  expect(await save(able, { rule: "B", name: "B", email: undefined })).toMatchObject({
    channel: "webhook",
    secret: expect.stringMatching(/^whsec_/),
  });
});

test("what was delivered is kept as long as runs, and may be sent once more until then", async () => {
  const ctx = await openTestWaybill({ worker: false });
  const { id } = await save(ctx, {});
  const delivery = "0193f000-0000-7000-8000-000000000000";
  await ctx.database.pool.query(
    `insert into waybill.deliveries (id, rule_id, event, subject, message, state, tries, attempts, created_at, finished_at)
     values ($1, $2, 'failed', 'x', '{"data": {"summary": "Failed: x"}}', 'failed', 9, 9, $3, $3)`,
    [delivery, id, ctx.clock.now()],
  );
  const keep = { runsDays: 30, filesDays: null, rejectedDays: null, logsDays: null };
  ctx.clock.set("2026-12-24T09:30:00.000Z");
  expect(await purgeOnce(ctx, keep)).toEqual({});
  await pauseRule(ctx, { rule: id });
  await expect(redeliver(ctx, { delivery })).rejects.toMatchObject({ code: "notification_paused" });
  await resumeRule(ctx, { rule: id });
  expect(await redeliver(ctx, { delivery })).toMatchObject({ state: "pending", attempts: 9, summary: "Failed: x" });
  ctx.clock.set("2026-12-24T09:30:01.000Z");
  expect(await purgeOnce(ctx, keep)).toEqual({});
  await ctx.database.pool.query("update waybill.deliveries set state = 'delivered', finished_at = created_at");
  expect(await purgeOnce(ctx, keep)).toEqual({ deliveries: 1 });
  expect((await listDeliveries(ctx, listDeliveriesInput.parse({}))).items).toEqual([]);
  await expect(redeliver(ctx, { delivery })).rejects.toMatchObject({ code: "delivery_unknown" });
});

test("what waits for a rule that stays paused is kept as long, and what is still to be sent longer", async () => {
  const ctx = await openTestWaybill({ worker: false });
  for (const name of ["Paused", "Active"]) {
    const { id } = await save(ctx, { name });
    await ctx.database.pool.query(
      `insert into waybill.deliveries (id, rule_id, event, subject, message, state, next_try_at, created_at)
       values (gen_random_uuid(), $1, 'failed', 'x', '{"data": {"summary": "Failed: x"}}', 'pending', $2, $2)`,
      [id, ctx.clock.now()],
    );
  }
  const keep = { runsDays: 30, filesDays: null, rejectedDays: null, logsDays: null };
  ctx.clock.set("2026-11-25T09:30:00.000Z");
  await pauseRule(ctx, { rule: "Paused" });
  ctx.clock.set("2026-12-25T09:30:00.000Z");
  expect(await purgeOnce(ctx, keep)).toEqual({});
  ctx.clock.set("2026-12-25T09:30:01.000Z");
  expect(await purgeOnce(ctx, keep)).toEqual({ deliveries: 1 });
  expect((await listDeliveries(ctx, listDeliveriesInput.parse({}))).items).toMatchObject([
    { rule: { name: "Active" } },
  ]);
});

async function save(ctx: Context, more: object) {
  return await saveRule(ctx, saveRuleInput.parse({ name: "Night shift", events: ["failed"], webhook, ...more }));
}

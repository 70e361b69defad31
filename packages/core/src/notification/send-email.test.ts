import { expect, test } from "vitest";
import { startMailServer } from "../testing/mail-server.ts";
import { broken, logOf, openTelling, people, runTo } from "../testing/told-people.ts";
import { deliverDue } from "./deliver.ts";
import { saveRule, saveRuleInput } from "./save-rule.ts";
import { sweep } from "./sweep.ts";
import { testRule } from "./test-rule.ts";

test("a server that answers within the limit takes a message once, however long it lets wait", async () => {
  const { ctx, server } = await openMailing(20);
  const letIn = server.hold();
  const sending = deliverDue(ctx);
  await expect.poll(() => server.connections()).toBe(1);
  letIn();
  expect(await sending).toBe(1);
  expect(server.mails).toHaveLength(1);
  expect(await logOf(ctx)).toMatchObject([{ state: "delivered", attempts: 1, lastError: null }]);
});

test("a server that takes longer has been sent nothing once the connection is closed", async () => {
  const { ctx, server } = await openMailing(0.3);
  const letIn = server.hold();
  await deliverDue(ctx);
  expect(await logOf(ctx)).toMatchObject([{ state: "pending", lastError: "There was no answer within 0.3 s." }]);
  letIn();
  await expect.poll(() => server.connections()).toBe(0);
  expect(server.mails).toEqual([]);
});

test("a worker that stops ends the conversation too", async () => {
  const { ctx, server } = await openMailing(20);
  const letIn = server.hold();
  const letGo = new AbortController();
  const sending = deliverDue(ctx, { letGo: letGo.signal });
  await expect.poll(() => server.connections()).toBe(1);
  letGo.abort();
  await sending;
  expect(await logOf(ctx)).toMatchObject([{ state: "pending", lastError: "The worker that was sending it stopped." }]);
  letIn();
  await expect.poll(() => server.connections()).toBe(0);
  expect(server.mails).toEqual([]);
});

test("deliveries of another channel are left to whoever sends those", async () => {
  const { ctx, server } = await openMailing(20);
  expect(await deliverDue(ctx, { channels: ["webhook"] })).toBe(0);
  expect(await deliverDue(ctx, { channels: ["email"] })).toBe(1);
  expect(server.mails).toHaveLength(1);
});

test("a test says that it is one, in a sentence", async () => {
  const { ctx, server } = await openMailing(20);
  expect(await testRule(ctx, { rule: "Mail" })).toMatchObject({ delivered: true, error: null });
  expect(server.mails[0]?.content).toMatch(/^Subject: \[Waybill\] This is a test of the notification rule Mail\r$/m);
  expect(server.mails[0]?.content).toMatch(/^This is a test of the notification rule Mail\.\r$/m);
});

/** An SMTP server, a rule that tells by it, and a message that is due. */
async function openMailing(secondsMax: number) {
  const server = await startMailServer();
  const mail = { smtpUrl: server.smtpUrl, from: "waybill@example.com", secondsMax };
  const ctx = { ...(await openTelling()), mail };
  const email = { addresses: ["ada@example.com"] };
  await saveRule(ctx, saveRuleInput.parse({ name: "Mail", events: ["failed"], email }));
  await runTo(ctx, people, broken);
  await sweep(ctx);
  return { ctx, server };
}

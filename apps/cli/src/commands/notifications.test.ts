import { receiverSecret, startReceiver } from "@waybill/core/testing/webhook-receiver";
import { startTestServer } from "@waybill/server/testing/test-server";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { runCli } from "../testing/cli.ts";

let server: Awaited<ReturnType<typeof startTestServer>>;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test("a rule is added, tried, listed, shown, paused, resumed and deleted; what it sent is told", async () => {
  const receiver = await startReceiver();
  const asked = ["--on", "failed,completed_with_errors", "--webhook", receiver.url, "--secret-stdin"];
  const added = await cli(["add", "Night shift", ...asked], receiverSecret);
  expect([added.code, added.stdout]).toEqual([
    0,
    expect.stringMatching(/^Night shift tells of everything: failed, completed_with_errors\.\nTry it: /),
  ]);
  expect((await cli(["test", "Night shift"])).stdout).toBe("Delivered.\n200 thank you\n");
  expect((await cli(["deliveries"])).stdout).toBe("Nothing was sent yet.\n");
  await server.runSample("job-codes-import", "people.csv");
  await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBe(2);
  expect(receiver.messages[1]).toMatchObject({
    type: "run.failed",
    data: { url: expect.stringMatching(/^http.*\/runs\//) },
  });
  await expect
    .poll(async () => (await cli(["show", "Night shift"])).stdout, { timeout: 15_000 })
    .toMatch(/ Night shift +Delivered +1 +Failed: Job codes/);
  const { items } = JSON.parse((await cli(["deliveries", "Night shift", "--state", "delivered", "--json"])).stdout);
  expect((await cli(["redeliver", items[0].id])).stdout).toMatch(/^It is sent to Night shift within seconds: Failed: /);
  await expect.poll(() => receiver.messages.length, { timeout: 15_000 }).toBe(3);
  expect(new Set(receiver.ids.slice(1)).size).toBe(1);
  expect((await cli(["pause", "Night shift"])).stdout).toMatch(/^Paused Night shift\./);
  expect((await cli(["list"])).stdout).toMatch(/^Night shift +everything +failed, completed_with_errors .* paused$/m);
  expect((await cli(["resume", "Night shift"])).stdout).toBe("Night shift goes on.\n");
  receiver.refuse(503);
  const refused = await cli(["test", "Night shift"]);
  expect([refused.code, refused.stderr]).toEqual([1, "Error (test_failed): The receiver answered 503.\n"]);
  expect((await cli(["delete", "Night shift"])).code).toBe(2);
  expect((await cli(["delete", "Night shift", "--yes"])).stdout).toBe("Deleted Night shift.\n");
  expect((await cli(["list"])).stdout).toContain("Nobody is told of anything.");
});

test("a secret that Waybill makes is shown once, and a rule can be given other terms", async () => {
  const hook = ["--webhook", "http://127.0.0.1:1/"];
  const added = await cli([
    "add",
    "Made",
    "--on",
    "slow",
    "--slow-times",
    "2.5",
    "--integration",
    "people-import",
    ...hook,
  ]);
  expect(added.stdout).toMatch(/^Its secret is shown this once; .*\nwhsec_\S{44}$/m);
  const changed = await cli(["add", "Other", "--on", "not-started", "--replace", "Made", ...hook, "--json"]);
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: "Other", events: ["not_started"], secret: null });
  const shown = (await cli(["show", "Other"])).stdout;
  expect(shown).toMatch(/^Not started +after 5 minutes$/m);
  expect(shown).not.toContain("whsec_");
});

test.each([
  [["add", "x", "--on", "failed"], 2, "wrong_usage", "--webhook URL or --email"],
  [["add", "x", "--on", "boom", "--email", "a@b.example"], 2, "wrong_usage", "not boom"],
  [["add", "x", "--webhook", "http://a.example"], 2, "wrong_usage", "--on"],
  [["add", "x", "--on", "failed", "--webhook", "a.example"], 1, "input_invalid", "webhook.url"],
  [["add", "x", "--on", "failed", "--webhook", "http://a:b@c.example"], 1, "input_invalid", "user name or password"],
  [["add", "x", "--on", "failed", "--email", "ada"], 1, "input_invalid", "email.addresses[0]"],
  [["add", "x", "--on", "failed", "--email", "a@b.example"], 1, "notification_invalid", "WAYBILL_SMTP_URL"],
  [["add", "x", "--on", "failed", "--set", "nobody", "--webhook", "http://a.example"], 1, "set_unknown", "nobody"],
  [["add", "x", "--on", "slow", "--slow-times", "1", "--email", "a@b.example"], 2, "wrong_usage", "1.1"],
  [["show", "nobody"], 1, "notification_unknown", "nobody"],
  [["test", "nobody"], 1, "notification_unknown", "nobody"],
  [["redeliver", "nobody"], 2, "wrong_usage", "the id of a delivery"],
  [["deliveries", "nobody"], 1, "notification_unknown", "nobody"],
])("notifications %j is refused", async (command, code, error, message) => {
  const refused = await cli([...command, "--json"]);
  expect([refused.code, JSON.parse(refused.stdout).error]).toMatchObject([
    code,
    { code: error, message: expect.stringContaining(message) },
  ]);
});

function cli(parameters: string[], input: string | null = null) {
  const environment = { WAYBILL_URL: server.url, WAYBILL_TOKEN: server.token };
  return runCli(environment, ["notifications", ...parameters], input);
}

import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(inject("postgres"));
});

afterAll(() => server.close());

test.each(["Basic d2F5YmlsbDp3YXliaWxs", "Bearer", "Token x"])(
  "a page of another origin changes nothing with a session and 'Authorization: %s'",
  async (authorization) => {
    const headers = { Cookie: await signIn(), Authorization: authorization, Origin: "https://elsewhere.example" };
    const call = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: "{}" };
    const answer = await fetch(`${server.url}/trpc/system.makeSignInLink`, call);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { data: { waybill: { code: "not_allowed" } } } });
    expect((await fetch(`${server.url}/sign-out`, { method: "POST", headers })).status).toBe(403);
    const own = { ...call, headers: { ...call.headers, Origin: server.url } };
    expect((await fetch(`${server.url}/trpc/system.makeSignInLink`, own)).status).toBe(200);
  },
);

test("a caller with the token needs no origin, and a wrong token is not helped by a session", async () => {
  const Cookie = await signIn();
  const call = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  expect((await server.ask("/trpc/system.makeSignInLink", call)).status).toBe(200);
  const wrong = { ...call, headers: { ...call.headers, Cookie, Authorization: "Bearer wrong", Origin: server.url } };
  expect((await fetch(`${server.url}/trpc/system.makeSignInLink`, wrong)).status).toBe(401);
});

async function signIn(): Promise<string> {
  const answer = await fetch(await server.signInLink(), { redirect: "manual" });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
